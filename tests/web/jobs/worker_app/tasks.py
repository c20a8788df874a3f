"""Work for the real worker: one kind that waits until it is let go, one that never ends."""

import os
import time
from pathlib import Path

from zuji_web.jobs.models import Job
from zuji_web.jobs.registry import Progress, job


@job("test.wait")
def wait(work: Job, progress: Progress) -> str:
    folder = Path(work.arguments["folder"])
    (folder / "pid").write_text(str(os.getpid()), encoding="ascii")
    while not (folder / "go").exists():
        progress(0.5, "waiting")
        time.sleep(0.05)
    return "/done"


@job("test.hang", timeout=1)
def hang(_work: Job, _progress: Progress) -> str:
    while True:
        time.sleep(0.05)

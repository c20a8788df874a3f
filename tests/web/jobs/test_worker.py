"""The real worker in processes of its own: a killed one's job is done by the next, a hung one's job fails."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


class Site:
    """A platform in a folder, with one worker."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "tests.web.jobs.worker_settings",
            "ZUJI_DATA_DIR": str(folder),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    def order(self, *arguments: str) -> dict[str, Any]:
        return dict(json.loads(self.run("tests.web.jobs.worker_order", *arguments)))

    def worker(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "zuji_web", "qcluster"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True, **quiet)

    def until(self, job_id: str, states: set[str]) -> dict[str, Any]:
        return eventually(lambda: (told := self.order("state", job_id))["state"] in states and told)


def eventually(question: Callable[[], Any]) -> Any:
    """The first answer that is not empty, within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen within a minute")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    place = Site(tmp_path)
    place.run("zuji_web", "migrate", "--verbosity", "0")
    worker = place.worker()
    yield place
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def test_a_killed_workers_job_is_done_by_the_next(site: Site, tmp_path: Path) -> None:
    job = site.order("start", "test.wait", str(tmp_path))
    pid = int(
        eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(encoding="ascii"))
    )
    (tmp_path / "pid").unlink()
    os.kill(pid, signal.SIGKILL)
    eventually((tmp_path / "pid").exists)
    (tmp_path / "go").touch()
    told = site.until(job["id"], {"done", "failed"})
    assert (told["state"], told["attempts"]) == ("done", 1)


def test_a_hung_job_is_stopped_and_the_worker_goes_on(site: Site, tmp_path: Path) -> None:
    hung = site.order("start", "test.hang", str(tmp_path))
    told = site.until(hung["id"], {"done", "failed"})
    assert (told["state"], told["problems"][0]["code"]) == ("failed", "job_timeout")
    (tmp_path / "go").touch()
    assert (
        site.until(site.order("start", "test.wait", str(tmp_path))["id"], {"done", "failed"})["state"]
        == "done"
    )

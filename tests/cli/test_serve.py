"""`zuji serve`: the real platform from an empty data directory, and a clean end."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

from tests.cli.conftest import COMMAND, Run


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_port_in_use_is_refused_before_anything_is_made(zuji: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = zuji("serve", "--port", port, "--data-dir", "data")
    assert done.returncode == 1
    assert f"--port {port + 1}" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_data_directory_that_cannot_be_made_is_said(zuji: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = zuji("serve", "--port", free_port(), "--data-dir", "file/data")
    assert done.returncode == 3
    assert "--data-dir" in done.stderr


def test_it_prepares_serves_and_ends_with_its_processes(tmp_path: Path) -> None:
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--data-dir", str(tmp_path / "data"), "--no-demo"]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=os.environ, cwd=tmp_path)
    try:
        deadline = time.monotonic() + 240
        while b"http://" not in (tmp_path / "log").read_bytes():
            assert process.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.3)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=60)
        log.close()
    assert code == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0

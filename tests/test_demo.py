"""`make run` leaves a clinic that opens, and nothing behind when it closes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent
SERVE = ("gunicorn", "--config", "python:clinic.demo_server", "clinic.wsgi")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}",
    }


@pytest.fixture
def server(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-m", "clinic.prepare_demo"],
            cwd=ROOT,
            env=environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    with subprocess.Popen(
        [sys.executable, "-m", *SERVE],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        yield server
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


def welcome(server: subprocess.Popen[str]) -> list[str]:
    assert server.stdout
    lines = []
    for line in server.stdout:
        lines.append(line)
        if line.startswith("Stop with"):
            break
    return lines


def children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return {int(child) for child in listed.split()}


def test_the_demo_opens_and_closes_as_a_whole(
    server: subprocess.Popen[str], environ: dict[str, str]
) -> None:
    lines = welcome(server)
    address = f"http://localhost:{environ['PORT']}/"
    assert any(address in line for line in lines)
    assert any("ash@demo.invalid" in line for line in lines)
    with urlopen(address) as page:
        assert page.status == 200
    started = children(server.pid)
    assert len(started) >= 2
    server.terminate()
    assert server.wait(timeout=20) == 0
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]

"""A PostgreSQL of our own, as a child that may be killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import Any

from chaos.reaping import bury, children, die_with_parent

OPTIONS = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "max_wal_size": "512MB",
}


def programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


class Cluster:
    """Its folder holds `cluster`, the server's own, and its socket."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.place = folder, folder / "cluster"
        self.url = f"postgres://postgres@/clinic?host={folder}"
        self._postmaster: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        _give_to_owner(self.folder)
        self._run("initdb", "-D", str(self.place), *("-U", "postgres", "-A", "trust"))
        self.start()
        self.execute("CREATE DATABASE clinic ENCODING 'UTF8' TEMPLATE template0")

    def start(self) -> None:
        settings = OPTIONS | {"unix_socket_directories": str(self.folder)}
        options = [f"-c{name}={value}" for name, value in settings.items()]
        command = [_program("postgres"), "-D", str(self.place), *options]
        with (self.folder / "log").open("ab") as log:
            self._postmaster = subprocess.Popen(
                command,
                cwd="/",
                stdout=log,
                stderr=log,
                preexec_fn=partial(die_with_parent, signal.SIGINT),
                **_owner(),
            )
        self._wait_until_ready()

    def stop(self) -> None:
        assert self._postmaster
        self._postmaster.send_signal(signal.SIGINT)
        self._postmaster.wait(timeout=60)

    def kill(self) -> None:
        """Kill the postmaster alone, and bury it and every backend that it leaves.

        A backend that lives on holds the shared memory, and no new server would start.
        """
        assert self._postmaster
        family = children(self._postmaster.pid)
        self._postmaster.kill()
        self._postmaster.wait()
        bury(family)

    def freeze(self) -> None:
        """Let it take connections and questions, and answer none of them."""
        assert self._postmaster
        for pid in (self._postmaster.pid, *children(self._postmaster.pid)):
            os.kill(pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._postmaster
        for pid in (self._postmaster.pid, *children(self._postmaster.pid)):
            os.kill(pid, signal.SIGCONT)

    def move_tables(self, place: Path) -> None:
        """Put the clinic's tables, and nothing else, onto another disk."""
        _give_to_owner(place)
        self.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
        self.execute("ALTER DATABASE clinic SET TABLESPACE small")

    def execute(self, statement: str, database: str = "postgres") -> Any:
        import psycopg

        host = f"host={self.folder} user=postgres dbname={database}"
        with psycopg.connect(host, autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else None

    def _wait_until_ready(self) -> None:
        import psycopg

        for _ in range(3000):
            try:
                self.execute("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.01)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def _run(self, name: str, *arguments: str) -> None:
        command = [_program(name), *arguments, "--no-sync", "--locale=C.UTF-8"]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, cwd="/", stdout=quiet, **_owner())


def copied(prepared: Path, folder: Path) -> Cluster:
    """Return a cluster of its own with what a prepared one held when it was stopped."""
    _give_to_owner(folder)
    command = ["cp", "-a", str(prepared / "cluster"), str(folder / "cluster")]
    subprocess.run(command, check=True)
    return Cluster(folder)


def _program(name: str) -> str:
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is missing: run .ci/apt-install postgresql")
    return str(folder / name)


def _give_to_owner(folder: Path) -> None:
    if os.getuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


def _owner() -> dict[str, Any]:
    """PostgreSQL refuses to be run by root."""
    if os.getuid():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}

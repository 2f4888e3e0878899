# SPDX-License-Identifier: EUPL-1.2
"""The real server on the database of this run, in processes of its own, as `vangnet serve` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from vangnet.cli.postgres import APP, Cluster


class Server:
    """Starts and stops it on one port, over and over."""

    def __init__(
        self, cluster: Cluster, database_name: str, folder: Path, more: Mapping[str, str] | None = None
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self._said = folder / "gezegd"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
        self._environment |= {
            "VANGNET_DEMO": "1", "SECRET_KEY": settings.SECRET_KEY, "VANGNET_STATISCH": str(folder / "statisch"),
            "DATABASE_URL": cluster.url(APP, database_name), **(more or {}),
        }  # fmt: skip

    def start(self) -> subprocess.Popen[bytes]:
        """The server, as soon as it answers."""
        server = self.begin()
        deadline = time.monotonic() + 60
        while server.poll() is None and time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.root}/gezond", timeout=5).close()
                return server
            except OSError:
                time.sleep(0.1)
        server.kill()
        raise AssertionError(f"the server does not answer: {self._said.read_text()[-2000:]}")

    def begin(self) -> subprocess.Popen[bytes]:
        """The server, which may not answer yet."""
        command = [sys.executable, "-m", "vangnet.cli", "serve", "--poort", str(self.port)]
        with self._said.open("ab") as log:
            return subprocess.Popen(command, env=self._environment, start_new_session=True, stderr=log)

    def start_waking(self) -> subprocess.Popen[bytes]:
        """The loop that watches the deadlines, beside the server."""
        command = [sys.executable, "-m", "vangnet.cli", "wekker"]
        with self._said.open("ab") as log:
            return subprocess.Popen(command, env=self._environment, start_new_session=True, stderr=log)

    @staticmethod
    def kill(server: subprocess.Popen[bytes]) -> None:
        """kill -9 of it and its workers."""
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()

"""The real server in a process of its own, to be used and to be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`python -m app serve` on a folder and a free port."""

    def __init__(self, var: Path, **settings: str) -> None:
        self.var = var
        self._settings = settings
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LANGSMITH", "FIVEGAP", "CHAINLIT"))}
        environment |= {"FIVEGAP_VAR": str(self.var), "FIVEGAP_PORT": str(self.port)} | self._settings
        log = (self.var.parent / "server.log").open("ab")
        self._process = subprocess.Popen([sys.executable, "-m", "app", "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        ends = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < ends:
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2)
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError("the server did not start:\n" + (self.var.parent / "server.log").read_text())

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

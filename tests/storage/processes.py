"""Several processes that begin something at the same moment."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BEGIN = "import sys; print('ready', flush=True); sys.stdin.readline()\n"


def at_once(script: str, imports: str, *arguments: str, processes: int, seconds: float = 60) -> list[str]:
    """Run a script in several processes: they import, wait for each other, and go; return what each printed.

    Raises AssertionError where one fails, and TimeoutExpired where one hangs.
    """
    command = [sys.executable, "-c", imports + "\n" + _BEGIN + script, *arguments]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(processes)
    ]
    try:
        for process in running:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n", process.communicate()[1]
        for process in running:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        told = [process.communicate(timeout=seconds) for process in running]
    finally:
        for process in running:
            process.kill()
    for process, (_, errors) in zip(running, told, strict=True):
        assert process.returncode == 0, errors
    return [printed.strip() for printed, _ in told]

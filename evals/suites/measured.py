"""Samples of time and size, by figure."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Measured:
    """Samples by figure; each sample is one case."""

    samples: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, *values: float) -> None:
        self.samples.setdefault(name, []).extend(values)

    @contextmanager
    def clock(self, name: str, unit: int = 1000) -> Iterator[None]:
        """Time what happens inside, in milliseconds or, with `unit` 1, in seconds."""
        started = time.perf_counter()
        yield
        self.add(name, unit * (time.perf_counter() - started))


def resident_mb(pid: int | None = None) -> float | None:
    """Return a process's resident memory, this one's where none is named; None where the system does not tell."""
    try:
        status = Path(f"/proc/{pid or os.getpid()}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), None)

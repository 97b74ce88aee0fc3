"""A run of the fast tests that is forked for each mutant: everything is imported and collected once.

A mutant is put in place by giving the functions of its file their mutated code; the tests that called the function unmutated are run,
the quickest first, until one fails. What is worked out while a module is imported is therefore not mutated.
"""

import contextlib
import gc
import io
import os
import resource
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Generator, Sequence
from enum import StrEnum
from types import FrameType, FunctionType

import hypothesis
import pytest
from _pytest.runner import runtestprotocol

from evals.mutants.source import Mutant, Place, place

TESTS = ("tests/audit", "tests/interview")
_NOT_FORKED = "tests/interview/test_interviewer.py::test_a_turn_is_one_run_of_its_audit_in_the_traces"
"""Sends from a thread of LangSmith's, which a fork does not have."""
Function = tuple[str, Place]
"""A file's path and a place in it."""
_MOST_MEMORY = 4 << 30
_LEAST_SECONDS = 5
"""Of processor time, before a test counts as endless; longer where it takes long unmutated."""


class Outcome(StrEnum):
    """How a mutant ended; an invalid one could not be put in place and does not count."""

    SURVIVED = "survived"
    KILLED = "killed"
    INVALID = "invalid"
    TIMED_OUT = "timed out"


_BY_EXIT = (Outcome.SURVIVED, Outcome.KILLED, Outcome.INVALID)


def outcomes(chosen: Sequence[Mutant]) -> list[Outcome]:
    """Return how each mutant ended.

    Raises:
        RuntimeError: the tests fail without any mutant, here or in a fork; its text is what pytest printed.
    """
    hypothesis.settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    )
    hypothesis.settings.load_profile("mutants")
    trial, printed = Trial(chosen), io.StringIO()
    with contextlib.redirect_stdout(printed):
        code = pytest.main(
            [*TESTS, "--deselect", _NOT_FORKED, "-p", "no:xdist", "-p", "no:cacheprovider", "--capture=sys"], plugins=[trial]
        )
    if code:
        raise RuntimeError(printed.getvalue())
    return trial.outcomes


class Trial:
    """A pytest plugin that tries mutants where pytest would run its tests once."""

    def __init__(self, chosen: Sequence[Mutant]) -> None:
        self.outcomes: list[Outcome] = []
        self._chosen = chosen
        self._files = {str(mutant.path) for mutant in chosen}
        self._called: set[Function] = set()
        self._called_for_all: dict[str, set[Function]] = defaultdict(set)
        """What a fixture called that several tests share, by the fixture's name."""

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        before, self._called = self._called, set()
        made = yield
        if fixturedef.scope != "function":
            self._called_for_all[fixturedef.argname] |= self._called
        self._called |= before
        return made

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        tests = self._tests_by_function(session.items)
        if session.testsfailed:
            return True
        if _outcome(self._chosen[0], [], [(1, item) for item in session.items]) is not Outcome.SURVIVED:
            raise session.Failed(
                "without any mutant, a test fails the second time, in a fork: it keeps something from the first, or needs a thread"
            )
        live: dict[str, list[FunctionType]] = defaultdict(list)
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType) and thing.__code__.co_filename in self._files:
                live[thing.__code__.co_filename].append(thing)
        gc.freeze()
        for n, mutant in enumerate(self._chosen, start=1):
            path = str(mutant.path)
            self.outcomes.append(_outcome(mutant, live[path], tests.get((path, mutant.function), [])))
            if n % 50 == 0:
                print(f"{n} of {len(self._chosen)}", file=sys.__stderr__, flush=True)
        return True

    def _tests_by_function(self, items: Sequence[pytest.Item]) -> dict[Function, list[tuple[float, pytest.Item]]]:
        """Run every test once, unmutated; return those that call each function with their seconds, the quickest first."""
        calls: list[tuple[float, pytest.Item, set[Function]]] = []
        threading.setprofile(self._note)
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._called = set()
            sys.setprofile(self._note)
            reports = runtestprotocol(item, nextitem=following)
            sys.setprofile(None)
            calls.append((sum(report.duration for report in reports), item, self._called))
        threading.setprofile(None)
        tests: dict[Function, list[tuple[float, pytest.Item]]] = defaultdict(list)
        for seconds, item, called in sorted(calls, key=lambda call: call[0]):
            names = getattr(item, "fixturenames", ())
            for function in called.union(*(self._called_for_all.get(name, ()) for name in names)):
                tests[function].append((seconds, item))
        return tests

    def _note(self, frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename in self._files:
            self._called.add((frame.f_code.co_filename, place(frame.f_code)))


def _outcome(mutant: Mutant, functions: Sequence[FunctionType], tests: Sequence[tuple[float, pytest.Item]]) -> Outcome:
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_DATA, (_MOST_MEMORY, _MOST_MEMORY))
        os._exit(_BY_EXIT.index(_tried(mutant, functions, tests)))
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Outcome.TIMED_OUT if os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGPROF) else Outcome.KILLED
    return _BY_EXIT[os.WEXITSTATUS(status)]


def _tried(mutant: Mutant, functions: Sequence[FunctionType], tests: Sequence[tuple[float, pytest.Item]]) -> Outcome:
    try:
        codes = mutant.codes()
        for function in functions:
            if place(function.__code__) in codes:
                function.__code__ = codes[place(function.__code__)]
    except (SyntaxError, ValueError):
        return Outcome.INVALID
    try:
        for (seconds, item), following in zip(tests, [*(item for _, item in tests[1:]), None], strict=True):
            limit = _LEAST_SECONDS + 10 * seconds
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.setitimer(signal.ITIMER_REAL, 6 * limit)  # a deadlock needs no processor
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                return Outcome.KILLED
    except BaseException:  # noqa: BLE001 -- whatever a mutant does to pytest itself, it is noticed
        return Outcome.KILLED
    return Outcome.SURVIVED

"""Hands the use cases to the handlers, which Chainlit loads by itself and outside of our control."""

from dataclasses import dataclass

from app.use.cases import UseCases


@dataclass(frozen=True)
class Wired:
    """What the chat needs beside what it is told."""

    use: UseCases
    secret: str
    """Signs the visitor cookie."""
    public_url: str | None
    most_sockets: int


_wired: list[Wired] = []


def wire(what: Wired | None) -> None:
    """Hand it over, or take it away at shutdown."""
    _wired[:] = [what] if what else []


def wired() -> Wired:
    """Return it; raises IndexError before the server has started."""
    return _wired[0]

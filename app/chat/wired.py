"""Hands the services to the handlers, which Chainlit loads by itself and outside of our control."""

from app.services import Services

_wired: list[Services] = []


def wire(services: Services | None) -> None:
    """Set the services, or take them away at shutdown."""
    _wired[:] = [services] if services else []


def services() -> Services:
    """Return the services; raises IndexError before the server has started."""
    return _wired[0]

"""What the playbook says and on what it rests, as the domain sees it: passages, and figures from outside with their sources."""

from typing import Literal, Self

from pydantic import model_validator

from app.audit.model import Value
from app.audit.rubric import Words


class Claim(Value):
    """A figure from outside, with where it comes from and whether that was checked."""

    id: Words
    text: Words
    value: Words
    source: Words
    date: Words
    state: Literal["as reported by the article", "confirmed", "disputed"]
    reason: str = ""

    @model_validator(mode="after")
    def _disputed_says_why(self) -> Self:
        if self.state == "disputed" and not self.reason:
            raise ValueError("reason: a disputed claim says why")
        return self


class Passage(Value):
    """A section of the playbook."""

    id: Words
    """`document#section`."""
    document: Words
    """The document's title."""
    section: Words
    """The section's heading."""
    kind: Literal["criterion", "gap", "move", "case", "checklist", "glossary", "method"]
    about: tuple[str, ...] = ()
    text: Words
    """Markdown, with the claims' values filled in."""
    claims: tuple[str, ...] = ()
    """Ids of the claims whose figures stand in the text."""

    @property
    def searched(self) -> str:
        """The text that search looks at."""
        return f"{self.document}: {self.section}. {self.text}"

"""What a person may tap instead of typing: a label, and a value that says exactly what it means."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, PlainSerializer

from app.audit.model import Value
from app.audit.rubric import Level

PlainMeaning = Literal["unknown", "not_applicable", "skip", "yes", "no", "confirm", "earlier", "later", "as_before", "deepen"]
LONGEST_CRITERION = 60
"""Characters of a criterion's id that a client may send."""
_BY_DIGIT = {f"level:{level}": level for level in range(5)}


class LevelChoice(Value):
    """This level holds."""

    kind: Literal["level"] = "level"
    level: Level


class ChangeChoice(Value):
    """The answer to this criterion is to be changed."""

    kind: Literal["change"] = "change"
    criterion: Annotated[str, Field(min_length=1, max_length=LONGEST_CRITERION)]


class PlainChoice(Value):
    """What needs no more than its name."""

    kind: PlainMeaning


AnyChoice = LevelChoice | ChangeChoice | PlainChoice


def key_of(value: AnyChoice) -> str:
    """Write a value as the short text that goes to the client, and stands in a button's id: `level:2`, `change:data.pipeline`, `skip`."""
    match value:
        case LevelChoice(level=level):
            return f"level:{level}"
        case ChangeChoice(criterion=criterion):
            return f"change:{criterion}"
        case PlainChoice(kind=kind):
            return kind


def value_of(key: str) -> AnyChoice:
    """Read the short text of a value again.

    Raises:
        ValueError: it is the text of none.
    """
    if key in _BY_DIGIT:
        return LevelChoice(level=_BY_DIGIT[key])
    if key.startswith("change:"):
        return ChangeChoice(criterion=key.removeprefix("change:"))
    for kind in get_args(PlainMeaning):
        if key == kind:
            return PlainChoice(kind=kind)
    raise ValueError(f"there is no choice {key[:LONGEST_CRITERION]!r}")


def _read(value: Any) -> Any:
    return value_of(value) if isinstance(value, str) else value


ChoiceValue = Annotated[AnyChoice, Field(discriminator="kind"), BeforeValidator(_read), PlainSerializer(key_of, return_type=str)]
"""A value that is its short text in JSON."""


class Choice(Value):
    """One thing a person may tap instead of typing."""

    value: ChoiceValue
    label: str

    @property
    def key(self) -> str:
        """The same text for the same choice, for a button's id."""
        return key_of(self.value)

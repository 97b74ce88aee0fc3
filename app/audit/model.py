"""The one base class of every domain value, so that all of them are frozen and refuse unknown fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable domain value that rejects fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

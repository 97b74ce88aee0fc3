"""What a language model is asked to report about one message: the shape of its answer, and which rules its evidence must keep."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.audit.ledger.assessment import Intent

Says = Literal["0", "1", "2", "3", "4", "bare", "unknown", "seen"]


def _short(length: int) -> Any:
    """Limit a text in the schema only, for hosts that enforce it: a longer one is no fault."""
    return Field(json_schema_extra={"maxLength": length})


class Evidence(BaseModel):
    """What the message says about one topic."""

    model_config = ConfigDict(extra="forbid")
    criterion: Annotated[str, _short(40)]
    quote: Annotated[str, _short(300)]
    says: Says
    missing: Annotated[str | None, _short(120)]


class Proposal(BaseModel):
    """A model's report on one message. Every field is required, because strict schemas know no optional ones."""

    model_config = ConfigDict(extra="forbid")
    intent: Intent
    yes_no: Literal["yes", "no", "neither"]
    findings: Annotated[list[Evidence], Field(json_schema_extra={"maxItems": 4})]
    question: Annotated[str | None, _short(400)]
    acknowledgement: Annotated[str, _short(200)]
    followup: Annotated[str | None, _short(240)]
    language: Annotated[str, _short(5)]

"""Trying out another plan, or other figures, on one's own report: forms without a script, and back to the page."""

from typing import Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.audit.plan.changes import UNCHANGED, WhatIf
from app.audit.waiting.assumptions import check
from app.web.records import is_owner, record_of, services_of

NOT_YOURS = "Only who held this audit can change its plan. Open it in the browser that you used, or by the link for another browser."
UNCLEAR = "That could not be taken. Please go back and check what you put in: numbers only, the lower one first."
MOST_FORM_BYTES = 4_000

router = APIRouter(include_in_schema=False)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OnTask(_Form):
    """Take a task out, put it back or in."""

    do: Literal["drop", "restore", "add"]
    task: str = Field(max_length=80)


class Move(_Form):
    """Put a task into a sprint."""

    do: Literal["move"]
    task: str = Field(max_length=80)
    sprint: int = Field(ge=1, le=3)


class Assume(_Form):
    """Use own figures; a share is given in per cent."""

    do: Literal["assume"]
    assumption: str = Field(max_length=40)
    low: float
    high: float


class Capacity(_Form):
    """Plan with so many person-days a sprint."""

    do: Literal["capacity"]
    days: float = Field(gt=0, le=1000)


class Reset(_Form):
    """Go back to the plan as it was."""

    do: Literal["reset"]


_FORMS: TypeAdapter[OnTask | Move | Assume | Capacity | Reset] = TypeAdapter(OnTask | Move | Assume | Capacity | Reset)


@router.post("/reports/{token}/what-if")
async def change(request: Request, token: str) -> Response:
    """Take one change and show the page again."""
    services, record = services_of(request), await record_of(request, token)
    if not is_owner(request, record):
        raise HTTPException(403, NOT_YOURS)
    body = await request.body()
    try:
        fields = {name: values[-1] for name, values in parse_qs(body[:MOST_FORM_BYTES].decode(), max_num_fields=8).items()}
        changed = after(await services.what_ifs.of(record.id) or UNCHANGED, _FORMS.validate_python(fields))
        check(changed.assumptions)
    except (ValidationError, ValueError) as error:
        raise HTTPException(422, UNCLEAR) from error
    await services.what_ifs.keep(record.id, changed)
    return RedirectResponse(f"/reports/{token}#what-if", status_code=303)


def after(now: WhatIf, form: OnTask | Move | Assume | Capacity | Reset) -> WhatIf:
    """Return what is tried out after one more change. Raises ValueError for a figure that is none."""
    match form:
        case OnTask(do="drop"):
            return now.dropping(form.task)
        case OnTask(do="add"):
            return now.adding(form.task)
        case OnTask():
            return now.restoring(form.task)
        case Move():
            return now.moving(form.task, form.sprint)
        case Assume():
            percent = 100 if form.assumption == "assisted-share" else 1
            return now.assuming(form.assumption, form.low / percent, form.high / percent)
        case Capacity():
            return now.with_capacity(form.days)
        case _:
            return UNCHANGED

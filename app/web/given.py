"""What a request is given: the use cases, who asks, and the audit that its link opens."""

from typing import Annotated

from fastapi import Depends, Request

from app.access.asking import asking
from app.access.principal import LinkHolder, Visitor
from app.use.cases import UseCases


def _use(request: Request) -> UseCases:
    use: UseCases = request.app.state.use
    return use


def _visitor() -> Visitor | None:
    return asking.get()


Use = Annotated[UseCases, Depends(_use)]
Asking = Annotated[Visitor | None, Depends(_visitor)]
"""The visitor whose browser this is; None where it is not known yet."""


class LinkedReport:
    """The audit whose report the link in the address opens."""

    def __init__(self, audit_id: str, holder: LinkHolder) -> None:
        self.audit_id = audit_id
        self.holder = holder


async def _linked(token: str, use: Use) -> LinkedReport:
    holder = LinkHolder(token=token)
    return LinkedReport(await use.reports.audit_of(holder), holder)


Linked = Annotated[LinkedReport, Depends(_linked)]
"""Raises NoSuchAuditError where the link opens none."""

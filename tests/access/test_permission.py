"""Who may do what: everything that is not said to be allowed is refused."""

from dataclasses import dataclass

import pytest

from app.access.permission import Act, may, permit
from app.access.principal import OPERATOR, LinkHolder, Principal, Visitor
from app.errors import NotAllowedError


@dataclass(frozen=True)
class Audit:
    visitor: str | None = "anna"
    token: str = "t0k3n"


ANNA, BOB = Visitor(id="anna"), Visitor(id="bob")
HOLDER = LinkHolder(token="t0k3n")
OWNERS = set(Act) - {Act.BRAND}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize(
    ("principal", "allowed"),
    [(OPERATOR, set(Act)), (ANNA, OWNERS), (BOB, set()), (HOLDER, {Act.READ_REPORT}), (LinkHolder(token="t0k3n "), set())],
)
def test_each_principal_may_do_what_is_theirs(principal: Principal, allowed: set[Act], act: Act) -> None:
    assert may(principal, act, Audit()) is (act in allowed)


@pytest.mark.parametrize("act", Act)
def test_an_audit_that_no_browser_holds_is_the_operators_alone(act: Act) -> None:
    held_in_a_terminal = Audit(visitor=None)
    assert may(OPERATOR, act, held_in_a_terminal)
    assert not may(ANNA, act, held_in_a_terminal)


def test_what_is_not_allowed_is_refused_by_name() -> None:
    permit(ANNA, Act.ERASE, Audit())
    with pytest.raises(NotAllowedError, match="erase") as refused:
        permit(BOB, Act.ERASE, Audit())
    assert refused.value.act == "erase"

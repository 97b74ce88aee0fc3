from datetime import date

import pytest

from app.audit.again.snapshot import Planned, Snapshot, carried, carried_on, take
from app.audit.ledger.evidence import Entry, rate
from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.plan.ninety_days import plan
from app.audit.score.scoring import Range, score
from tests.audit.ledgers import entry
from tests.audit.small import MONDAY

MAY = date(2026, 5, 4)
LEDGER = (
    entry(1, "data.core", 2, quote="By hand, mostly."),
    entry(2, "data.core", 3, quote="yes", read_by="probe", adds_to=1),
    entry(3, "data.more", standing="not_applicable", note="no need"),
    entry(4, "security.core", 1),
    entry(5, "security.more"),
    entry(6, "adoption.core", 3, carried_from=date(2025, 12, 1), replaces=4),
)


@pytest.fixture(scope="module")
def snapshot(method: Methodology) -> Snapshot:
    ratings = rate(LEDGER, method.rubric)
    roadmap = plan(method, ratings, MONDAY)
    return take("spring", MAY, Profile(company="Nordwind"), ratings=ratings, result=score(method.rubric, ratings), roadmap=roadmap)


def test_a_snapshot_holds_where_everything_stood_and_what_was_planned(snapshot: Snapshot) -> None:
    assert (snapshot.audit_id, snapshot.taken_on, snapshot.profile.company) == ("spring", MAY, "Nordwind")
    assert snapshot.overall.value == pytest.approx((75 + 25 + 75) / 3)
    assert snapshot.gaps["data"] == Range(value=75, low=75, high=75)
    assert {c: (stood.standing, stood.level) for c, stood in snapshot.stood.items()} == {
        "data.core": ("rated", 3),
        "data.more": ("not_applicable", None),
        "security.core": ("rated", 1),
        "security.more": ("unknown", None),
        "adoption.core": ("rated", 3),
    }
    assert [one.number for one in snapshot.stood["data.core"].quotes] == [1, 2]


def test_only_work_is_planned_and_not_what_is_to_be_asked(snapshot: Snapshot) -> None:
    assert snapshot.planned == (
        Planned(title="Lift security.core to 2", criterion="security.core", to_level=2, sprint=1),
        Planned(title="Lift security.core to 3", criterion="security.core", to_level=3, sprint=1),
    )
    assert snapshot.planned_for("security.core") == snapshot.planned
    assert snapshot.planned_for("data.core") == ()


def test_a_later_audit_begins_with_what_was_known_and_not_planned_to_change(snapshot: Snapshot) -> None:
    ledger = carried(snapshot)
    assert [(e.number, e.criterion, e.turn, e.adds_to, e.replaces, e.carried_from) for e in ledger] == [
        (1, "data.core", 0, None, None, MAY),
        (2, "data.core", 0, 1, None, MAY),
        (3, "data.more", 0, None, None, MAY),
        (4, "adoption.core", 0, None, None, date(2025, 12, 1)),
    ]
    assert [e.quote for e in ledger[:2]] == ["By hand, mostly.", "yes"]


def test_what_one_criterion_rested_on_goes_on_after_what_the_ledger_holds(snapshot: Snapshot) -> None:
    first, second = carried_on(snapshot, "data.core", 7)
    assert (first.number, first.adds_to, second.number, second.adds_to) == (8, None, 9, 8)
    with pytest.raises(KeyError):
        carried_on(snapshot, "integration.core", 0)


def test_what_is_carried_rates_as_it_did(snapshot: Snapshot, method: Methodology) -> None:
    ledger: list[Entry] = carried(snapshot)
    ratings = rate(ledger, method.rubric)
    assert (ratings["data.core"].level, ratings["data.more"].standing, ratings["security.core"].standing) == (3, "not_applicable", "open")

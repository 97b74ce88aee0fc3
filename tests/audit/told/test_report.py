from app.audit.again.snapshot import take
from app.audit.ledger.evidence import Entry, rate
from app.audit.ledger.profile import Profile
from app.audit.methodology import Methodology
from app.audit.plan.changes import Changes, WhatIf
from app.audit.score.scoring import score
from app.audit.told.case_file import CaseFile
from app.audit.told.report import Method, Report, build
from tests.audit import small
from tests.audit.ledgers import NOON, entry
from tests.audit.small import CORE, MORE

PASSAGES = (
    small.passage("data.core#how", about=("data.core",), claims=("quoted",)),
    small.passage("data.core#do", about=("data",), kind="gap", claims=("planned",)),
    small.passage("data.more#how", about=("data.more",), claims=("unused",)),
    small.passage("security.core#do", kind="move"),
)
CLAIMS = {
    "unused": small.claim("unused"),
    "quoted": small.claim("quoted"),
    "planned": small.claim("planned"),
    "risk": small.claim("risk", used_for="at_risk"),
    "delay": small.claim("delay", used_for="delay", criterion="data.core"),
}
KNOWN = small.methodology(passages=PASSAGES, claims=CLAIMS)
TOLD = Profile(company="Nordwind", tasks_per_month=10, value_per_task="EUR 10")


def built(*ledger: Entry, known: Methodology = KNOWN, **fields: object) -> Report:
    case = CaseFile.model_validate(
        {"audit_id": "a1", "profile": TOLD, "ledger": ledger, "depth": "full", "assessor": "encoder 0123", **fields}
    )
    return build(known, case, NOON)


def all_ready(**others: int) -> list[Entry]:
    levels = dict.fromkeys((*CORE, *MORE), 4) | {name.replace("_", "."): level for name, level in others.items()}
    return [entry(n, criterion, level) for n, (criterion, level) in enumerate(levels.items(), start=1)]


def test_a_report_holds_whose_it_is_how_it_stands_and_how_it_came_about() -> None:
    report = built(entry(1, "data.core", 1), entry(2, "data.core", 2, replaces=1, read_by="model"), entry(3, "data.more", 3, read_by="tap"))
    assert (report.audit_id, report.made_at, report.profile) == ("a1", NOON, TOLD)
    assert (report.result.band, report.band_name) == ("getting_there", "Getting there")
    assert report.verdict.startswith("This project is on its way to production, with gaps to close first. One checklist line is a no.")
    assert report.bottleneck is not None
    assert report.bottleneck.gap == "data"
    assert report.method == Method(
        rubric_version=KNOWN.rubric.version,
        assessor="encoder 0123",
        read_by={"model": 1, "tap": 1},
        asked=2,
        depth="full",
        schema_version="3",
    )
    assert report.comparison is None


def test_what_is_not_known_is_listed_and_what_does_not_apply_is_not() -> None:
    report = built(*all_ready()[:8], entry(9, "integration.more"), entry(10, "adoption.more", standing="not_applicable"))
    assert [finding.criterion for finding in report.unknown] == ["integration.more"]


def test_passages_explain_what_is_not_ready_and_what_the_plan_does() -> None:
    assert [passage.id for passage in built(*all_ready(data_core=2)).passages] == ["data.core#how", "data.core#do"]
    assert [passage.id for passage in built(*all_ready(data_core=3)).passages] == []
    assert [passage.id for passage in built(*all_ready(security_core=2)).passages] == ["security.core#do"]


def test_claims_are_those_of_the_passages_of_the_delay_and_of_two_noes() -> None:
    assert [claim.id for claim in built(*all_ready(security_core=2)).claims] == []
    assert [claim.id for claim in built(*all_ready(data_core=2)).claims] == ["delay", "planned", "quoted"]
    assert [claim.id for claim in built(*all_ready(security_core=2, adoption_core=2)).claims] == ["risk"]
    assert [claim.id for claim in built(*all_ready(data_core=2, adoption_core=2)).claims] == ["delay", "planned", "quoted", "risk"]


def test_a_delay_that_the_person_puts_their_own_figure_to_cites_nothing() -> None:
    own = WhatIf(assumptions={"months-of-delay": (1, 2)})
    report = built(*all_ready(data_core=2), what_if=own)
    assert [claim.id for claim in report.claims] == ["planned", "quoted"]
    assert (report.impact.months_of_delay, report.what_if) == ((1, 2), own)


def test_the_plan_starts_on_the_reports_day_and_a_try_out_is_held_against_it() -> None:
    as_planned = built(*all_ready(data_core=2))
    assert as_planned.roadmap.sprints[0].starts == NOON.date()
    assert as_planned.expected_as_planned == as_planned.roadmap.sprints[2].expected
    late = built(*all_ready(adoption_core=2))
    assert late.expected_as_planned == late.roadmap.sprints[2].expected != late.roadmap.sprints[1].expected
    assert [move.title for move in as_planned.first_moves] == ["Lift data.core to 3"]
    tried = built(*all_ready(data_core=2), what_if=WhatIf(changes=Changes(dropped=("data.core:2-3",))))
    assert tried.roadmap.sprints[2].expected.value != tried.expected_as_planned.value
    assert tried.expected_as_planned == as_planned.expected_as_planned
    assert tried.not_yet == tried.roadmap.not_yet
    assert [one.reason for one in tried.not_yet] == ["you took it out"]


def test_who_answered_by_name_is_listed_once_in_the_order_they_first_did() -> None:
    spoke = [("Ben", "data.core"), ("respondent", "data.more"), ("Ana", "security.core"), ("Ben", "security.more")]
    report = built(*(entry(n, criterion, 2, who=who) for n, (who, criterion) in enumerate(spoke, start=1)))
    assert report.respondents == ("Ben", "Ana")


def test_each_gap_is_told_and_one_that_does_not_apply_is_not() -> None:
    gone = [entry(n, c, standing="not_applicable") for n, c in enumerate(("security.core", "security.more"), start=20)]
    report = built(entry(1, "data.core", 2), *gone)
    slots = {gap.gap: [sentence.slot for sentence in gap.told] for gap in report.gaps}
    assert slots["data"] == ["standing", "weakness", "unknown", "next"]
    assert slots["security"] == []
    assert slots["adoption"] == ["standing", "unknown"]


def test_a_report_that_follows_another_compares_itself() -> None:
    earlier = built(*all_ready(data_core=1))
    ratings = rate(all_ready(data_core=1), KNOWN.rubric)
    before = take("a0", NOON.date(), TOLD, ratings=ratings, result=score(KNOWN.rubric, ratings), roadmap=earlier.roadmap)
    report = built(*all_ready(data_core=2), before=before)
    assert report.comparison is not None
    assert [(moved.criterion, moved.change) for moved in report.comparison.moved] == [("data.core", "rose")]
    assert [(work.title, work.outcome) for work in report.comparison.work] == [
        ("Lift data.core to 2", "done"),
        ("Lift data.core to 3", "not done"),
    ]

"""What the report reckons with is named in claims.yaml, once, and is a figure."""

import pytest

from app.errors import KnowledgeError
from app.knowledge.load import FOLDER, Knowledge, check_uses
from tests.audit import small


def refused(*claims: object) -> str:
    with pytest.raises(KnowledgeError) as refusal:
        check_uses(FOLDER, small.rubric(), {str(n): claim for n, claim in enumerate(claims)})  # type: ignore[misc]
    return str(refusal.value)


def test_the_claims_that_the_report_uses_are_there(knowledge: Knowledge) -> None:
    used = {claim.id: (claim.used_for, claim.criterion) for claim in knowledge.claims.values() if claim.used_for}
    assert used == {
        "cancelled-share": ("at_risk", None),
        "two-or-more": ("at_risk", None),
        "case-share": ("assisted_share", None),
        "rebuild-delay": ("delay", "data.pipeline"),
    }


def test_a_delay_is_about_a_core_criterion() -> None:
    stray = small.claim("one", used_for="delay", criterion="data.more")
    assert refused(stray) == "knowledge/en/claims.yaml: one: criterion: data.more is no core criterion"


def test_two_claims_for_one_figure_are_refused() -> None:
    shares = [small.claim(id_, used_for="assisted_share", value="38%") for id_ in ("one", "two")]
    assert refused(*shares) == "knowledge/en/claims.yaml: used_for: more than once: assisted_share"
    delays = [small.claim(id_, used_for="delay", criterion="data.core") for id_ in ("one", "two")]
    assert refused(*delays) == "knowledge/en/claims.yaml: used_for: more than once: delay data.core"


def test_two_figures_may_be_told_and_two_gaps_delayed() -> None:
    claims = [
        *(small.claim(id_, used_for="at_risk") for id_ in ("one", "two")),
        *(small.claim(criterion, used_for="delay", criterion=criterion) for criterion in ("data.core", "security.core")),
        small.claim("plain"),
    ]
    check_uses(FOLDER, small.rubric(), {claim.id: claim for claim in claims})

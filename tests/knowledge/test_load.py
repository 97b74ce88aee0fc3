"""Knowledge is complete, and a bad file is named with its field or line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from app.errors import KnowledgeError
from app.knowledge.load import Knowledge, check_passages, load_claims, load_knowledge, load_rubric

Spoil = Callable[[str, str, str], None]
SECTIONS = ("what-good-looks-like", "getting-there", "how-to-check-it")


def edit(path: Path, change: Callable[[dict], None]) -> None:  # type: ignore[type-arg]
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(read)
    path.write_text(yaml.safe_dump(read, sort_keys=False), encoding="utf-8")


def fails(folder: Path, message: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(message)):
        load_knowledge(folder)


def test_every_criterion_has_four_actions_and_three_passages(knowledge: Knowledge) -> None:
    assert len(knowledge.rubric.criteria) == 21
    assert {a.id for a in knowledge.actions} == {f"{c}:{n}-{n + 1}" for c in knowledge.rubric.criteria for n in range(4)}
    ids = {passage.id for passage in knowledge.passages}
    assert ids >= {f"{c}#{section}" for c in knowledge.rubric.criteria for section in SECTIONS}


def test_every_action_rests_on_a_passage_that_exists(knowledge: Knowledge) -> None:
    assert {a.passage for a in knowledge.actions} <= {passage.id for passage in knowledge.passages}


def test_a_wrong_field_of_the_rubric_is_named(folder: Path) -> None:
    edit(folder / "rubric/data.yaml", lambda read: read["criteria"][2]["levels"].pop())
    fails(folder, "knowledge/en/rubric/data.yaml: criteria.2.levels: Tuple should have at least 5 items")


def test_a_file_with_the_wrong_gap_is_named(folder: Path) -> None:
    edit(folder / "rubric/data.yaml", lambda read: read.update(gap="security"))
    fails(folder, "knowledge/en/rubric/data.yaml: gap: expected data, not security")


def test_a_syntax_error_is_named_with_its_line(folder: Path, spoil: Spoil) -> None:
    spoil("rubric/security.yaml", "gap: security\n", "gap: security\nname: [open\n")
    with pytest.raises(KnowledgeError, match=r"^knowledge/en/rubric/security\.yaml: line \d+: "):
        load_rubric(folder / "rubric")


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "actions/adoption.yaml").unlink()
    fails(folder, "knowledge/en/actions/adoption.yaml: No such file or directory")


def test_a_missing_action_is_named_in_its_file(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"].pop(0))
    fails(folder, "knowledge/en/actions/data.yaml: actions: missing: data.pipeline:0-1")


def test_an_action_that_stands_twice_is_named(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"].append(read["actions"][0]))
    fails(folder, "knowledge/en/actions/data.yaml: actions: more than once: data.pipeline:0-1")


def test_a_wrong_field_of_an_action_is_named(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"][1].update(effort_days=[9, 3]))
    fails(folder, "knowledge/en/actions/data.yaml: actions.1: effort_days: the low estimate 9.0 is above the high one 3.0")


def test_a_dependency_on_no_criterion_is_named(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"][0].update(depends_on={"data.magic": 1}))
    fails(folder, "knowledge/en/actions/data.yaml: actions.0.depends_on: data.magic is not a criterion")


def test_a_circle_of_dependencies_is_refused(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"][0].update(depends_on={"security.review": 1}))
    edit(folder / "actions/security.yaml", lambda read: read["actions"][0].update(depends_on={"data.pipeline": 1}))
    fails(folder, "knowledge/en/actions: depends_on: these actions wait for each other: data.pipeline:0-1")


def test_an_action_that_waits_for_a_later_level_of_its_own_criterion_is_refused(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"][0].update(depends_on={"data.pipeline": 2}))
    fails(folder, "these actions wait for each other: data.pipeline:0-1")


def test_an_action_without_its_passage_is_named(folder: Path) -> None:
    edit(folder / "actions/data.yaml", lambda read: read["actions"][0].update(passage="data.pipeline#nowhere"))
    fails(folder, "knowledge/en/actions/data.yaml: data.pipeline:0-1: passage: there is no data.pipeline#nowhere")


def test_a_passage_about_nothing_known_is_named(folder: Path, knowledge: Knowledge) -> None:
    stray = knowledge.passages[0].model_copy(update={"about": ("data.magic",)})
    with pytest.raises(KnowledgeError, match=r"about: data\.magic is neither criterion nor gap"):
        check_passages(folder, knowledge.rubric, (), (stray,))


def test_a_disputed_claim_must_say_why(folder: Path, spoil: Spoil) -> None:
    spoil("claims.yaml", "  state: as reported by the article", "  state: disputed")
    with pytest.raises(KnowledgeError, match=r"knowledge/en/claims\.yaml: 0: reason: a disputed claim says why"):
        load_claims(folder)


def test_a_claim_that_stands_twice_is_named(folder: Path, spoil: Spoil) -> None:
    spoil("claims.yaml", "- id: roi-share", "- id: cancelled-share")
    with pytest.raises(KnowledgeError, match=r"knowledge/en/claims\.yaml: more than once: cancelled-share"):
        load_claims(folder)


def test_every_passage_has_questions_that_it_answers(knowledge: Knowledge) -> None:
    assert {passage.id for passage in knowledge.passages} == set(knowledge.questions)
    assert min(len(asked) for asked in knowledge.questions.values()) >= 2
    everything = [question.lower() for asked in knowledge.questions.values() for question in asked]
    assert len(everything) == len(set(everything))


def test_questions_for_a_passage_that_is_not_there_are_named(folder: Path) -> None:
    (folder / "questions" / "glossary.yaml").write_text("no-such-term: [what is it]\n")
    with pytest.raises(KnowledgeError, match=r"glossary\.yaml.*no-such-term"):
        load_knowledge(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda read: read["standing"].pop(), "standing: expected at least 5 different patterns"),
        (lambda read: read["standing"].append(read["standing"].pop().replace("{score}", "{mark}")), "standing.4: unknown: mark"),
        (lambda read: read["next"].append("In sprint {"), "next.5: "),
        (lambda read: read.pop("said"), "expected the kinds standing, unscored"),
        (lambda read: read["said"].append(7), "said: expected patterns as text"),
    ],
)
def test_a_bad_pattern_of_the_prose_is_named(folder: Path, change: Callable[[dict], None], message: str) -> None:  # type: ignore[type-arg]
    edit(folder / "prose.yaml", change)
    fails(folder, f"knowledge/en/prose.yaml: {message}")

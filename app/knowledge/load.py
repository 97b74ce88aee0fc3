"""Reads knowledge/: rubric, actions, claims and guidance, validated, bad files named with file and field."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from app.audit.actions import Action
from app.audit.guidance import Claim, Passage
from app.audit.methodology import Methodology
from app.audit.model import Value
from app.audit.rubric import GAP_IDS, TOP_LEVEL, Gap, Rubric
from app.errors import KnowledgeError
from app.knowledge.passages import load_passages
from app.knowledge.prose import load_prose
from app.knowledge.reading import read_yaml
from app.knowledge.vectors import FILE, KeptVectors, load_vectors
from app.knowledge.words import load_words

ROOT = Path(__file__).resolve().parents[2] / "knowledge"
"""What belongs to no language lies here; everything else in a folder for each language."""
FOLDER = ROOT / "en"
V = TypeVar("V", bound=Value)


class Knowledge(Methodology):
    """Everything the program knows, in one language."""

    questions: dict[str, tuple[str, ...]]
    """What people typically ask that a passage answers, by passage id: search finds passages by these too."""
    vectors: KeptVectors
    """What search compares, for the encoder that the program ships with."""


def load_rubric(folder: Path) -> Rubric:
    """Read the five gaps. Raises KnowledgeError."""
    gaps = []
    for gap_id in GAP_IDS:
        path = folder / f"{gap_id}.yaml"
        read = _mapping(path)
        if read.get("gap") != gap_id:
            raise KnowledgeError.at(path, "gap", problem=f"expected {gap_id}, not {read.get('gap')}")
        gaps.append(_validated(Gap, {"id": gap_id, **{k: v for k, v in read.items() if k != "gap"}}, path))
        _unique((c.id for c in gaps[-1].criteria), path, "criteria")
    return Rubric(gaps=tuple(gaps))


def load_actions(folder: Path, rubric: Rubric) -> tuple[Action, ...]:
    """Read the actions: each step of each criterion once, and no circle of dependencies. Raises KnowledgeError."""
    actions: list[Action] = []
    for gap_id in GAP_IDS:
        path = folder / f"{gap_id}.yaml"
        here = _actions_of(path, _mapping(path), rubric)
        have = {action.id for action in here}
        criteria = (c.id for c in rubric.gap(gap_id).criteria)
        missing = [s for c in criteria for n in range(TOP_LEVEL) if (s := f"{c}:{n}-{n + 1}") not in have]
        if missing:
            raise KnowledgeError.at(path, "actions", problem=f"missing: {', '.join(missing)}")
        actions += here
    _check_order(actions, folder)
    return tuple(actions)


def load_claims(folder: Path) -> dict[str, Claim]:
    """Read the figures from outside, in `claims.yaml`. Raises KnowledgeError."""
    path = folder / "claims.yaml"
    items = _list(read_yaml(path), path, "")
    claims = [_validated(Claim, item, path, str(index)) for index, item in enumerate(items)]
    _unique((claim.id for claim in claims), path, "")
    return {claim.id: claim for claim in claims}


def check_uses(folder: Path, rubric: Rubric, claims: Mapping[str, Claim]) -> None:
    """Check that each figure is reckoned with by one claim, and that a delay is about a core criterion. Raises KnowledgeError."""
    path = folder / "claims.yaml"
    for claim in claims.values():
        if claim.criterion is not None and claim.criterion not in {criterion.id for criterion in rubric.core}:
            raise KnowledgeError.at(path, claim.id, "criterion", problem=f"{claim.criterion} is no core criterion")
    reckoned = [claim for claim in claims.values() if claim.used_for in ("delay", "assisted_share")]
    _unique((f"{claim.used_for} {claim.criterion or ''}".strip() for claim in reckoned), path, "used_for")


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read everything that is known in one language; `folder` is that language's, English where none is given.

    Raises:
        KnowledgeError: a file is missing or bad; the message names file and field.
    """
    folder = folder or FOLDER
    rubric = load_rubric(folder / "rubric")
    actions = load_actions(folder / "actions", rubric)
    claims = load_claims(folder)
    check_uses(folder, rubric, claims)
    passages = load_passages(folder / "guidance", claims)
    check_passages(folder, rubric, actions, passages)
    questions = load_questions(folder / "questions", passages)
    prose = load_prose(folder / "prose.yaml")
    return Knowledge(
        rubric=rubric,
        actions=actions,
        claims=claims,
        words=load_words(folder / "words"),
        prose=prose,
        passages=passages,
        questions=questions,
        vectors=load_vectors(folder / FILE),
    )


def load_questions(folder: Path, passages: Iterable[Passage]) -> dict[str, tuple[str, ...]]:
    """Read the typical questions, one file a document: section → questions. Raises KnowledgeError."""
    found: dict[str, tuple[str, ...]] = {}
    ids = {passage.id for passage in passages}
    for path in sorted(folder.glob("*.yaml")):
        for section, asked in _mapping(path).items():
            passage = f"{path.stem}#{section}"
            if passage not in ids:
                raise KnowledgeError.at(path, str(section), problem=f"there is no passage {passage}")
            questions = _list(asked, path, str(section))
            if not all(isinstance(question, str) and question.strip() for question in questions):
                raise KnowledgeError.at(path, str(section), problem="expected questions as text")
            found[passage] = tuple(questions)
    return found


def check_passages(folder: Path, rubric: Rubric, actions: Iterable[Action], passages: Iterable[Passage]) -> None:
    """Check that actions rest on passages that exist, and passages concern criteria or gaps that exist.

    Raises:
        KnowledgeError: one does not.
    """
    known = {*GAP_IDS, *rubric.criteria}
    ids = set()
    for passage in passages:
        ids.add(passage.id)
        if strangers := set(passage.about) - known:
            path = folder / "guidance" / f"{passage.id.partition('#')[0]}.md"
            raise KnowledgeError.at(path, "about", problem=f"{', '.join(sorted(strangers))} is neither criterion nor gap")
    for action in actions:
        if action.passage not in ids:
            path = folder / "actions" / f"{action.criterion.partition('.')[0]}.yaml"
            raise KnowledgeError.at(path, action.id, "passage", problem=f"there is no {action.passage}")


def _actions_of(path: Path, read: dict[str, Any], rubric: Rubric) -> list[Action]:
    actions = []
    for index, item in enumerate(_list(read.get("actions"), path, "actions")):
        action = _validated(Action, item, path, f"actions.{index}")
        if action.criterion not in rubric.criteria or not action.criterion.startswith(f"{path.stem}."):
            raise KnowledgeError.at(path, f"actions.{index}.criterion", problem=f"{action.criterion} is no criterion of {path.stem}")
        if strangers := set(action.depends_on) - set(rubric.criteria):
            raise KnowledgeError.at(path, f"actions.{index}.depends_on", problem=f"{', '.join(sorted(strangers))} is not a criterion")
        actions.append(action)
    _unique((action.id for action in actions), path, "actions")
    return actions


def _check_order(actions: Iterable[Action], folder: Path) -> None:
    """Do every action whose needs hold, again and again; what then is left waits for itself."""
    left = {(a.criterion, a.to_level): a for a in actions}
    reached: dict[str, int] = {}
    while ready := [a for a in left.values() if _can_start(a, reached)]:
        for action in ready:
            reached[action.criterion] = action.to_level
            del left[action.criterion, action.to_level]
    if left:
        waiting = ", ".join(action.id for action in left.values())
        raise KnowledgeError.at(folder, "depends_on", problem=f"these actions wait for each other: {waiting}")


def _can_start(action: Action, reached: dict[str, int]) -> bool:
    if reached.get(action.criterion, 0) < action.from_level:
        return False
    return all(reached.get(criterion, 0) >= least for criterion, least in action.depends_on.items())


def _validated(kind: type[V], value: Any, path: Path, *where: str) -> V:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise KnowledgeError.of(error, path, *where) from error


def _mapping(path: Path) -> dict[str, Any]:
    read = read_yaml(path)
    if not isinstance(read, dict):
        raise KnowledgeError.at(path, problem="expected fields with values")
    return read


def _list(value: Any, path: Path, field: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise KnowledgeError.at(path, field, problem="expected a list with at least one entry")
    return value


def _unique(ids: Iterable[str], path: Path, field: str) -> None:
    doubled = [i for i, count in Counter(ids).items() if count > 1]
    if doubled:
        raise KnowledgeError.at(path, field, problem=f"more than once: {', '.join(doubled)}")

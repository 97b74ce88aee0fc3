"""Reads knowledge/: rubric, actions, claims and guidance, validated, bad files named with file and field."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from app.audit.actions import Action, Claim, Passage
from app.audit.model import Value
from app.audit.rubric import GAP_IDS, TOP_LEVEL, Gap, Rubric
from app.knowledge.errors import KnowledgeError
from app.knowledge.passages import load_passages

FOLDER = Path(__file__).resolve().parents[2] / "knowledge"
V = TypeVar("V", bound=Value)


class Knowledge(Value):
    """Everything the program knows."""

    rubric: Rubric
    actions: tuple[Action, ...]
    claims: dict[str, Claim]
    passages: tuple[Passage, ...]


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError(f"{path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: {error}") from error


def _validated(kind: type[V], value: Any, path: Path, prefix: str = "") -> V:
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise KnowledgeError(f"{path}: {prefix}{field}: {first['msg']}") from error


def _mapping(path: Path) -> dict[str, Any]:
    read = _read(path)
    if not isinstance(read, dict):
        raise KnowledgeError(f"{path}: expected fields with values")
    return read


def load_rubric(folder: Path) -> Rubric:
    """Read the five gaps. Raises KnowledgeError."""
    gaps = []
    for gap_id in GAP_IDS:
        path = folder / f"{gap_id}.yaml"
        read = _mapping(path)
        gaps.append(_validated(Gap, {"id": read.pop("gap", None), **read}, path))
    return Rubric(gaps=tuple(gaps))


def load_actions(folder: Path, rubric: Rubric) -> tuple[Action, ...]:
    """Read the actions: every step of every criterion, and no circle of dependencies. Raises KnowledgeError."""
    actions = []
    for gap_id in GAP_IDS:
        path = folder / f"{gap_id}.yaml"
        for index, item in enumerate(_mapping(path).get("actions") or []):
            action = _validated(Action, item, path, f"actions.{index}.")
            strangers = {action.criterion, *action.depends_on} - set(rubric.criteria)
            if strangers:
                raise KnowledgeError(f"{path}: actions.{index}: {', '.join(sorted(strangers))} is not a criterion")
            actions.append(action)
    have = {(a.criterion, a.from_level) for a in actions}
    missing = [f"{c}:{n}-{n + 1}" for c in rubric.criteria for n in range(TOP_LEVEL) if (c, n) not in have]
    if missing or len(have) != len(actions):
        raise KnowledgeError(f"{folder}: actions are missing or doubled: {', '.join(missing) or 'one step has two actions'}")
    _check_order(actions, folder)
    return tuple(actions)


def _check_order(actions: Iterable[Action], folder: Path) -> None:
    """Do every action whose needs hold, again and again; what then is left waits for itself."""
    left = {(a.criterion, a.to_level): a for a in actions}
    reached: dict[str, int] = {}
    while ready := [a for a in left.values() if _can_start(a, reached)]:
        for action in ready:
            reached[action.criterion] = action.to_level
            del left[action.criterion, action.to_level]
    if left:
        raise KnowledgeError(f"{folder}: depends_on: these actions wait for each other: {', '.join(a.id for a in left.values())}")


def _can_start(action: Action, reached: dict[str, int]) -> bool:
    needs = {**action.depends_on, action.criterion: action.from_level}
    return all(reached.get(criterion, 0) >= least for criterion, least in needs.items())


def load_claims(path: Path) -> dict[str, Claim]:
    """Read the figures from outside. Raises KnowledgeError."""
    claims = [_validated(Claim, item, path, f"{index}.") for index, item in enumerate(_read(path) or [])]
    return {claim.id: claim for claim in claims}


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Read everything under knowledge/.

    Raises:
        KnowledgeError: a file is missing or bad; the message names file and field.
    """
    folder = folder or FOLDER
    rubric = load_rubric(folder / "rubric")
    actions = load_actions(folder / "actions", rubric)
    claims = load_claims(folder / "claims.yaml")
    passages = load_passages(folder / "guidance", claims)
    ids = {passage.id for passage in passages}
    for action in actions:
        if action.passage not in ids:
            raise KnowledgeError(f"{folder / 'actions'}: {action.id}: passage: there is no {action.passage}")
    return Knowledge(rubric=rubric, actions=actions, claims=claims, passages=passages)

"""Guidance, cut at its headings into passages with stable ids."""

import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import ValidationError

from app.audit.actions import Claim, Passage
from app.knowledge.errors import KnowledgeError

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_CLAIM = re.compile(r"\[\[([a-z0-9-]+)\]\]")


def slug(heading: str) -> str:
    """Turn a heading into the part of an id: `What good looks like` → `what-good-looks-like`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def load_passages(folder: Path, claims: Mapping[str, Claim]) -> tuple[Passage, ...]:
    """Read every document in a folder.

    Raises:
        KnowledgeError: a document has no front matter or sections, or names a claim that is unknown or disputed.
    """
    found = [passage for path in sorted(folder.glob("*.md")) for passage in _of_document(path, claims)]
    if not found:
        raise KnowledgeError(f"{folder}: there is no guidance")
    return tuple(found)


def _of_document(path: Path, claims: Mapping[str, Claim]) -> list[Passage]:
    text = path.read_text(encoding="utf-8")
    front = _FRONT.match(text)
    if front is None:
        raise KnowledgeError(f"{path}: front matter is missing")
    try:
        about = yaml.safe_load(front.group(1))
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: front matter: {error}") from error
    body = text[front.end() :]
    heads = list(_SECTION.finditer(body))
    if not heads:
        raise KnowledgeError(f"{path}: there is no section (a line that begins with ##)")
    ends = [head.start() for head in heads[1:]] + [len(body)]
    return [_passage(path, about, head.group(1), body[head.end() : end].strip(), claims) for head, end in zip(heads, ends, strict=True)]


def _passage(path: Path, front: Mapping[str, object], heading: str, text: str, claims: Mapping[str, Claim]) -> Passage:
    cited = tuple(dict.fromkeys(_CLAIM.findall(text)))
    for claim in cited:
        if claim not in claims:
            raise KnowledgeError(f"{path}: {heading}: claim {claim} is not in claims.yaml")
        if claims[claim].state == "disputed":
            raise KnowledgeError(f"{path}: {heading}: claim {claim} is disputed and cannot be shown as fact")
    try:
        return Passage.model_validate(
            {
                "id": f"{path.stem}#{slug(heading)}",
                "document": front.get("title"),
                "section": heading,
                "kind": front.get("kind"),
                "about": tuple(front.get("about") or ()),  # type: ignore[call-overload]
                "text": _CLAIM.sub(lambda match: claims[match.group(1)].value, text),
                "claims": cited,
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise KnowledgeError(f"{path}: {heading}: {'.'.join(str(p) for p in first['loc'])}: {first['msg']}") from error

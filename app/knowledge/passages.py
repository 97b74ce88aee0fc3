"""Guidance, cut at its headings into passages with stable ids."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.audit.guidance import Claim, Passage
from app.errors import KnowledgeError
from app.knowledge.reading import read_front_matter

_TITLE = re.compile(r"\A\s*(?:# .*)?\s*\Z")
_SECTION = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_CLAIM = re.compile(r"\[\[(.*?)\]\]")


def slug(heading: str) -> str:
    """Turn a heading into the part of an id: `What good looks like` → `what-good-looks-like`."""
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def load_passages(folder: Path, claims: Mapping[str, Claim]) -> tuple[Passage, ...]:
    """Read every document in a folder, each `[[claim-id]]` replaced by the claim's value.

    Raises:
        KnowledgeError: a document has no front matter or sections, or names a claim that is unknown or disputed.
    """
    found = [passage for path in sorted(folder.glob("*.md")) for passage in _of_document(path, claims)]
    if not found:
        raise KnowledgeError.at(folder, problem="there is no guidance")
    return tuple(found)


def _of_document(path: Path, claims: Mapping[str, Claim]) -> Iterator[Passage]:
    about, body = read_front_matter(path)
    heads = list(_SECTION.finditer(body))
    if not heads:
        raise KnowledgeError.at(path, problem="there is no section (a line that begins with ##)")
    if not _TITLE.match(body[: heads[0].start()]):
        raise KnowledgeError.at(path, problem="there is text before the first section, which no passage would hold")
    ends = [head.start() for head in heads[1:]] + [len(body)]
    seen = set()
    for head, end in zip(heads, ends, strict=True):
        passage = _passage(path, about, head.group(1), body[head.end() : end].strip(), claims)
        if passage.id in seen:
            raise KnowledgeError.at(path, passage.section, problem=f"a second section with the id {passage.id}")
        seen.add(passage.id)
        yield passage


def _passage(path: Path, front: Mapping[str, Any], heading: str, text: str, claims: Mapping[str, Claim]) -> Passage:
    cited = tuple(dict.fromkeys(_CLAIM.findall(text)))
    for claim in cited:
        if claim not in claims:
            raise KnowledgeError.at(path, heading, problem=f"claim {claim} is not in claims.yaml")
        if claims[claim].state == "disputed":
            raise KnowledgeError.at(path, heading, problem=f"claim {claim} is disputed and cannot be shown as fact")
    try:
        return Passage.model_validate(
            {
                "id": f"{path.stem}#{slug(heading)}",
                "document": front.get("title"),
                "section": heading,
                "kind": front.get("kind"),
                "about": front.get("about", ()),
                "text": _CLAIM.sub(lambda match: claims[match.group(1)].value, text),
                "claims": cited,
            }
        )
    except ValidationError as error:
        raise KnowledgeError.of(error, path, heading) from error

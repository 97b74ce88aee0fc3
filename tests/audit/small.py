"""A methodology that can be worked out by hand: five gaps of two criteria each, and forty actions of one size."""

from collections.abc import Mapping
from datetime import date

from app.audit.actions import Action, Theme
from app.audit.guidance import Claim, Passage
from app.audit.ledger.evidence import Rating, rate
from app.audit.methodology import Methodology
from app.audit.rubric import GAP_IDS, Criterion, Gap, Rubric
from app.knowledge.load import load_knowledge
from tests.audit.ledgers import entry

MONDAY = date(2026, 11, 23)
CORE = tuple(f"{gap}.core" for gap in GAP_IDS)
MORE = tuple(f"{gap}.more" for gap in GAP_IDS)
THEMES: Mapping[str, Theme] = {
    "data": "foundation",
    "agentops": "connection",
    "security": "foundation",
    "integration": "connection",
    "adoption": "adoption",
}
Levels = Mapping[str, int | str | None]
"""Criterion → level, None for unknown, `n/a` for does not apply; what is left out is open."""


def criterion(id_: str) -> Criterion:
    gap, _, kind = id_.partition(".")
    return Criterion(
        id=id_,
        name=f"{gap.capitalize()} {kind}",
        weight=2 if kind == "core" else 1,
        core=kind == "core",
        checklist=f"Is {id_} ready?" if kind == "core" else "",
        question=f"How is {id_}?",
        why=f"Because {id_}.",
        levels=tuple(f"{gap.capitalize()} {kind} at {level}" for level in range(5)),
        probes=tuple(f"Is {id_} at {level}?" for level in range(1, 5)),
        followup=f"And {id_}?",
        proof=(f"Proof of {id_}.", "Another."),
        knows=f"{gap} lead",
    )


def rubric() -> Rubric:
    return Rubric(
        gaps=tuple(
            Gap(
                id=gap,
                name=gap.capitalize(),
                title=f"Title of {gap}",
                summary=f"Summary of {gap}",
                short_fix="Fix it.",
                criteria=(criterion(f"{gap}.core"), criterion(f"{gap}.more")),
            )
            for gap in GAP_IDS
        )
    )


def action(id_: str, start: int) -> Action:
    gap = id_.partition(".")[0]
    return Action(
        criterion=id_,
        from_level=start,
        to_level=start + 1,
        title=f"Lift {id_} to {start + 1}",
        steps=(f"First step on {id_}", "Second step"),
        owner=f"{gap} owner",
        effort_days=(8, 12),
        weeks=(1, 1),
        done_when=f"{id_} is at {start + 1}",
        theme=THEMES[gap],
        passage=f"{id_}#do",
    )


def claim(id_: str, **fields: object) -> Claim:
    given = {
        "text": f"Text of {id_}",
        "value": "four to six months",
        "source": f"Source of {id_}",
        "date": "2026",
        "state": "confirmed",
        **fields,
    }
    return Claim.model_validate({"id": id_, **given})


def passage(id_: str, **fields: object) -> Passage:
    document, _, section = id_.partition("#")
    given = {"document": document, "section": section, "kind": "criterion", "text": f"Text of {id_}", **fields}
    return Passage.model_validate({"id": id_, **given})


def methodology(**changed: object) -> Methodology:
    """The small one, with some of it changed; words and patterns are the program's own."""
    knowledge = load_knowledge()
    made = Methodology(
        rubric=rubric(),
        actions=tuple(action(id_, start) for id_ in (*CORE, *MORE) for start in range(4)),
        claims={},
        passages=(),
        prose=knowledge.prose,
        words=knowledge.words,
    )
    return made.model_copy(update=changed)


def with_actions(made: Methodology, changed: Mapping[str, Mapping[str, object]]) -> Methodology:
    """Give some actions other fields, by their ids."""
    actions = tuple(a.model_copy(update=dict(changed.get(a.id, {}))) for a in made.actions)
    return made.model_copy(update={"actions": actions})


def ratings(levels: Levels, of: Rubric) -> dict[str, Rating]:
    ledger = []
    for number, (id_, level) in enumerate(levels.items(), start=1):
        if level == "n/a":
            ledger.append(entry(number, id_, standing="not_applicable", note="no need"))
        else:
            ledger.append(entry(number, id_, level if isinstance(level, int) else None))
    return rate(ledger, of)


def all_at(level: int | str | None) -> dict[str, int | str | None]:
    return dict.fromkeys((*CORE, *MORE), level)

"""Reports of every kind for the tests of their forms."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.audit.again.snapshot import Snapshot, take
from app.audit.ledger.evidence import Entry
from app.audit.ledger.profile import Profile
from app.audit.told.case_file import CaseFile
from app.audit.told.report import Report, build
from app.knowledge.load import Knowledge
from tests.audit.ledgers import NOON, all_at, entry, ledger_of, ratings_of

EVIL = "<script>alert(1)</script> #panic() [x](javascript:alert(2)) $x$ **bold** \\ `code`"
ARABIC = "الخط يعمل كل ليلة من 3 مصادر وبعضها يدوي"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3
KINDS = ("nothing", "quick", "stalled", "ready", "mixed", "all n/a", "evil", "odd", "people", "again")


def report_of(knowledge: Knowledge, ledger: Sequence[Entry], before: Snapshot | None = None, **profile: str) -> Report:
    case = CaseFile(
        audit_id="a",
        profile=Profile(**profile),  # type: ignore[arg-type]
        ledger=tuple(ledger),
        depth="full",
        assessor="encoder 0123456789ab",
        before=before,
    )
    return build(knowledge, case, NOON)


def snapshot_of(knowledge: Knowledge, levels: Mapping[str, int | None]) -> Snapshot:
    """An audit of the spring, with these levels."""
    made, ratings = report_of(knowledge, ledger_of(levels)), ratings_of(knowledge.rubric, levels)
    return take("spring", date(2026, 5, 4), made.profile, ratings=ratings, result=made.result, roadmap=made.roadmap)


def odd_ledger(criteria: Sequence[str]) -> list[Entry]:
    """Every standing, taps, notes, long words, other scripts, control characters, and lines that look like Markdown."""
    said = (ARABIC, "A" * 3000, "long " * 1500, "日本語で答えます 🙂", "ctl \x00\x0b\u202eabc", "- item\n1. one\n# h\n===\n| a | b |")
    made = [
        entry(n, c, None if n % 5 == 0 else n % 4, quote=said[n % 6], read_by="tap" if n % 3 == 0 else "encoder", note="why *so*")
        for n, c in enumerate(criteria, start=1)
    ]
    later = [entry(30, criteria[4], standing="not_applicable", note="<b>none</b> of it."), entry(31, criteria[5], standing="bare")]
    return [*made, *later]


def report(knowledge: Knowledge, kind: str) -> Report:
    rubric = knowledge.rubric
    criteria = list(rubric.criteria)
    mixed: dict[str, int | None] = {c: [0, 3, None, 2, 1][i % 5] for i, c in enumerate(criteria)}
    ledgers = {
        "nothing": [],
        "quick": ledger_of({c.id: 2 for c in rubric.core}),
        "stalled": ledger_of(all_at(rubric, 0)),
        "ready": ledger_of(all_at(rubric, 4)),
        "mixed": [*ledger_of(mixed), entry(22, criteria[0], 2, quote="Now it is better.", replaces=1)],
        "all n/a": [entry(n, c, standing="not_applicable", note="we sell ice cream") for n, c in enumerate(criteria, start=1)],
        "evil": [entry(n, c, 1, quote=EVIL) for n, c in enumerate(criteria, start=1)],
        "odd": odd_ledger(criteria),
        "people": [
            *ledger_of(all_at(rubric, 3)),
            entry(22, criteria[0], 1, who=EVIL, quote=EVIL),
            entry(23, criteria[1], who="Ana Ruiz, InfoSec"),
            entry(24, criteria[6], 2, who="Ana Ruiz, InfoSec", quote=ARABIC, read_by="tap"),
        ],
        "again": [
            *ledger_of({c: [0, 3, None, 2, 4][i % 5] for i, c in enumerate(criteria[:16])}),
            *(entry(n, c, 2, turn=0, carried_from=date(2026, 5, 4)) for n, c in enumerate(criteria[16:], start=17)),
        ],
    }
    before = snapshot_of(knowledge, {c: [1, 2, 3, None, 1, 0][i % 6] for i, c in enumerate(criteria)}) if kind == "again" else None
    companies = {"evil": EVIL, "odd": LONG}
    return report_of(knowledge, ledgers[kind], before, company=companies.get(kind, "Nordwind AG"), project=EVIL)

"""How the interview's sentences are put together from their parts; the sentences themselves are knowledge."""

from collections.abc import Mapping, Sequence

from app.audit.again.snapshot import Planned, Snapshot, Stood
from app.audit.grammar import capital
from app.audit.ledger.assessment import Finding
from app.audit.ledger.evidence import RESPONDENT, Entry, Rating
from app.audit.rubric import Criterion, Gap
from app.audit.words import Words
from app.interview.choices import ChangeChoice, Choice, LevelChoice, PlainChoice
from app.interview.events import Depth, ReadBack


def greeting(words: Words, depth: Depth, before: Snapshot | None, read_at: str | None) -> str:
    """Greet, somebody who was here before as such, and say where the answers go."""
    where = words.say("interview.greeting.goes_to", host=read_at) if read_at else words.say("interview.greeting.stays_here")
    if before is None:
        return f"{words.say('interview.greeting.first', depth=depth)} {where}"
    score = before.overall.value
    scored = "no" if score is None else "yes"
    return f"{words.say('interview.greeting.again', day=before.taken_on, scored=scored, score=score or 0.0)} {where}"


def last_time(words: Words, criterion: Criterion, stood: Stood, planned: Sequence[Planned]) -> str:
    """Say where a criterion stood in the earlier audit, and what was planned for it."""
    if stood.level is None:
        was = words.say("interview.last_time.unknown")
    else:
        was = words.say("interview.last_time.known", was=lower(criterion.levels[stood.level]))
    if not planned:
        return was
    plan, *later = (lower(one.title) for one in planned)
    for one in later:
        plan = words.say("interview.last_time.then", first=plan, next=one)
    return f"{was} {words.say('interview.last_time.planned', planned=plan)}"


def lower(text: str) -> str:
    """Write a sentence inside another: small first letter, unless it is an abbreviation or a name, and no full stop."""
    head, _, tail = text.rstrip(".").partition(" ")
    return f"{head.lower() if head.istitle() else head} {tail}".strip()


def stands_for(words: Words, criterion: Criterion, entry: Entry | Rating) -> str:
    """Say what an entry or a rating is taken as, as the end of a sentence."""
    if entry.level is not None:
        return lower(criterion.levels[entry.level])
    match entry.standing:
        case "unknown":
            return words.say("interview.stands.unknown", who=criterion.knows)
        case "not_applicable":
            return words.say("interview.stands.not_applicable")
        case "skipped":
            return words.say("interview.stands.skipped")
        case "bare":
            return words.say("interview.stands.bare")
        case _:
            return words.say("interview.stands.open")


def read_back(words: Words, criterion: Criterion, entry: Entry, others: Sequence[Rating] = ()) -> ReadBack:
    """Read an answer back in one line; `others` are the statements of those who see it otherwise."""
    what = stands_for(words, criterion, entry)
    if entry.note:
        taken = words.say("interview.read_back.taken_noted", what=what, note=entry.note)
    else:
        taken = words.say("interview.read_back.taken", what=what)
    differs = (
        words.say("interview.read_back.otherwise", who=speaker(words, other.who), what=stands_for(words, criterion, other))
        for other in others
    )
    text = " ".join([taken, *differs])
    return ReadBack(entry=entry.number, criterion=criterion.id, name=criterion.name, level=entry.level, text=text, note=entry.note)


def speaker(words: Words, who: str) -> str:
    """Name somebody who answered, at the beginning of a sentence."""
    return words.say("interview.read_back.somebody") if who == RESPONDENT else who


def summary(words: Words, gap: Gap, ratings: Mapping[str, Rating]) -> str:
    """Sum up a gap for confirmation; one that stands from an earlier audit is asked about as that."""
    lines = [words.say("interview.summary.line", name=c.name, stands=stands_for(words, c, ratings[c.id])) for c in gap.criteria]
    since = next((r.quotes[-1].carried_from for c in gap.criteria if (r := ratings[c.id]).carried), None)
    if since:
        head, asks = words.say("interview.summary.head_again", gap=gap.name, day=since), words.say("interview.summary.asks_again")
    else:
        head, asks = words.say("interview.summary.head", gap=gap.name), words.say("interview.summary.asks")
    return "\n".join([head, "", *lines, "", asks])


def contradiction(words: Words, criterion: Criterion, earlier: Entry, finding: Finding) -> str:
    """Put two statements that cannot both hold to the person."""
    chosen = "yes" if earlier.read_by == "tap" else "no"
    return words.say("interview.contradiction", name=criterion.name.lower(), chosen=chosen, earlier=earlier.quote, now=finding.quote)


def contradiction_choices(words: Words, criterion: Criterion, earlier: Entry, finding: Finding) -> tuple[Choice, ...]:
    """The two statements to tap, the earlier one first."""
    before, now = lower(criterion.levels[earlier.level or 0]), lower(criterion.levels[finding.level])
    return (
        Choice(value=PlainChoice(kind="earlier"), label=words.say("interview.choices.earlier", level=before)),
        Choice(value=PlainChoice(kind="later"), label=words.say("interview.choices.later", level=now)),
        dont_know(words),
    )


def level_choices(criterion: Criterion) -> tuple[Choice, ...]:
    """The five level statements to tap."""
    return tuple(Choice(value=LevelChoice(level=n), label=capital(said.rstrip("."))) for n, said in enumerate(criterion.levels))


def dont_know(words: Words) -> Choice:
    """Say that one does not know."""
    return Choice(value=PlainChoice(kind="unknown"), label=words.say("interview.choices.unknown"))


def not_applicable(words: Words) -> Choice:
    """Say that it does not apply."""
    return Choice(value=PlainChoice(kind="not_applicable"), label=words.say("interview.choices.not_applicable"))


def skip(words: Words) -> Choice:
    """Leave it out."""
    return Choice(value=PlainChoice(kind="skip"), label=words.say("interview.choices.skip"))


def as_before(words: Words) -> Choice:
    """Say that it still stands where it stood in the earlier audit."""
    return Choice(value=PlainChoice(kind="as_before"), label=words.say("interview.choices.as_before"))


def yes_no(words: Words) -> tuple[Choice, Choice]:
    """Yes and no."""
    return (
        Choice(value=PlainChoice(kind="yes"), label=words.say("interview.choices.yes")),
        Choice(value=PlainChoice(kind="no"), label=words.say("interview.choices.no")),
    )


def confirm_or_change(words: Words, gap: Gap) -> tuple[Choice, ...]:
    """Say that a summary is right, or which answer is not."""
    confirm = Choice(value=PlainChoice(kind="confirm"), label=words.say("interview.choices.confirm"))
    changes = (Choice(value=ChangeChoice(criterion=c.id), label=words.say("interview.choices.change", name=c.name)) for c in gap.criteria)
    return (confirm, *changes)

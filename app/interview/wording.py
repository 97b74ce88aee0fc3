"""The sentences of the interview that belong to no criterion; those that do are knowledge."""

from collections.abc import Mapping, Sequence

from app.audit.again.snapshot import Planned, Snapshot, Stood
from app.audit.grammar import written
from app.audit.ledger.assessment import Finding
from app.audit.ledger.evidence import RESPONDENT, Entry, Rating
from app.audit.rubric import Criterion, Gap, Rubric
from app.interview.events import Choice, Depth, ReadBack

GREETING = (
    "Hello, and good that you are here. I will ask you about your AI project, one question at a time, and at the end you get a scored "
    "report with a plan for the next 90 days; {minutes}. You can stop, skip, correct yourself or ask me something at any time."
)
GREETING_AGAIN = (
    "Welcome back. On {day} your project {stood}. This time I ask what has changed, and whether the plan was carried out; the report then "
    "shows both audits side by side. You can stop, skip, correct yourself or ask me something at any time."
)
STAYS_HERE = "What you say stays on this server."
GOES_TO = "To be read well, what you say is sent to the language model at {host}."
MINUTES = {"quick": "the quick check takes about five minutes", "full": "it takes about fifteen minutes"}
OPENING = (
    "To begin: what is the project, who is it for, and where does it stand today? Tell it in your own words, as you would to a colleague."
)
OPENING_WHY = "What you tell me here I will not ask again."
OPENING_AGAIN = "To begin: what has changed in your project since then? Tell it in your own words; “nothing” is an answer too."
OPENING_AGAIN_WHY = "What you do not mention I ask about briefly."
HANDED_OVER = "Hello. From here on I note the answers as those of {who}."
HANDED_BACK = "From here on I note the answers without a name again."
ALL_ASKED = "Nothing is open for you. To give your own view of an answer, choose “Change” below it, or just tell me."
COVER = "One last thing, for the cover of your report: what are your company and your project called?"
COVER_WHY = "It only goes on the cover. Skip it if you like."
REASON = "Why does {name} not apply here? One sentence is enough; it goes into the report."
PROBE_WHY = "A yes or a no is enough; add what you like."
RESTART = "Start over? All answers of this audit would be cleared, and that cannot be undone."
RESTARTED = "All cleared. We begin again."
KEPT = "Good, everything stays as it was."
PAUSED = "Of course. Everything is saved. Come back to this page whenever you like, and we go on right where we stopped."
WELCOME_BACK = "Welcome back. We go on where we stopped."
EMPTY = "That message was empty. Your answer to the question below can be a single sentence."
TOO_LONG = (
    "That was {length:,} characters; I can read up to {limit:,} at a time. Could you send me the part that matters most for this question?"
)
WORDLESS = "There were no words in that. Your answer can be short: a word or two will do."
UNREAD = (
    "I only read English well, and I would rather not guess at what you wrote. Could you say it in English? A few plain words are enough."
)
UNREAD_TAP = (
    "I only read English well, and I would rather not guess at what you wrote. Please tap the answer that fits best, or say it in English."
)
STALE = "That question is already behind us. To change an answer, choose “Change” below it, or just tell me."
OFF_TOPIC = "That is outside of what I can help with here. Let us stay with your project."
ATTACK = "I cannot do that: the score follows from your answers alone, and my instructions stay with me. A real answer helps you most."
NOTHING_TO_GO_BACK = "There is no earlier answer to go back to yet."
NOTHING_TO_SKIP = "There is nothing to skip right now."
NOT_COVERED = "My playbook has nothing on that, so I would rather not make something up."
WHICH = "Which answer should I change?"
NOTHING_HEARD = "Thank you, that helps me to see the project."
HEARD = "Thank you, that helps. From what you told me I already take this:"
FINISHED = "That is everything I need. Your report is ready."
FINISHED_EARLY = "We stop here. Your report is ready; what we did not get to is shown as not known, never as zero."
UPDATED = "I have changed that, and the report with it."
QUICK_DONE = "That was the quick check. You can go on to the full audit at any time: what you have told me carries over."
AFTER_FINISH = "Your report is ready. You can still correct an answer or ask me something; the report follows."

DONT_KNOW = Choice(value="unknown", label="Don't know")
NOT_APPLICABLE = Choice(value="not_applicable", label="Doesn't apply")
SKIP = Choice(value="skip", label="Skip")
AS_BEFORE = Choice(value="as_before", label="As it was last time")
YES = Choice(value="yes", label="Yes")
NO = Choice(value="no", label="No")


def greeting(depth: Depth, read_at: str | None) -> str:
    """Greet, and say where the answers go."""
    where = GOES_TO.format(host=read_at) if read_at else STAYS_HERE
    return f"{GREETING.format(minutes=MINUTES[depth])} {where}"


def greeting_again(before: Snapshot, read_at: str | None) -> str:
    """Greet somebody who was here before, and say where their answers go."""
    where = GOES_TO.format(host=read_at) if read_at else STAYS_HERE
    stood = "was not scored yet" if before.overall.value is None else f"stood at {before.overall.value:.0f} of 100"
    return f"{GREETING_AGAIN.format(day=written(before.taken_on), stood=stood)} {where}"


def last_time(criterion: Criterion, stood: Stood, planned: Sequence[Planned]) -> str:
    """Say where a criterion stood in the earlier audit, and what was planned for it."""
    known = stood.level is not None
    was = f"Last time: {_lower(criterion.levels[stood.level or 0])}." if known else "Last time nobody here knew."
    return f"{was} The plan was: {'; then '.join(_lower(one.title) for one in planned)}." if planned else was


def speaker(who: str) -> str:
    """Name somebody who answered, at the beginning of a sentence."""
    return "Somebody else" if who == RESPONDENT else who


def level_choices(criterion: Criterion) -> tuple[Choice, ...]:
    """The five level statements to tap."""
    return tuple(Choice(value=f"level:{level}", label=_upper(words)) for level, words in enumerate(criterion.levels))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".")


def _lower(words: str) -> str:
    head, _, tail = words.rstrip(".").partition(" ")
    return f"{head.lower() if head.istitle() else head} {tail}".strip()


def stands_for(criterion: Criterion, entry: Entry | Rating) -> str:
    """Say what an entry or a rating is taken as, as the end of a sentence."""
    if entry.level is not None:
        return _lower(criterion.levels[entry.level])
    return {
        "unknown": f"not known to you; the {criterion.knows} may know",
        "not_applicable": "does not apply here",
        "skipped": "skipped for now",
        "bare": "a claim that I cannot rate yet",
    }.get(entry.standing, "still open")


def read_back(criterion: Criterion, entry: Entry, others: Sequence[Rating] = ()) -> ReadBack:
    """Read an answer back in one line; `others` are the statements of those who see it otherwise."""
    note = f" ({entry.note})" if entry.note else ""
    differs = "".join(f" {speaker(other.who)} said otherwise: {stands_for(criterion, other)}. Both go into the report." for other in others)
    return ReadBack(
        entry=entry.number,
        criterion=criterion.id,
        name=criterion.name,
        level=entry.level,
        text=f"I take that as: {stands_for(criterion, entry)}{note}.{differs}",
        note=entry.note,
    )


def summary(gap: Gap, ratings: Mapping[str, Rating]) -> str:
    """Sum up a gap for confirmation; one that stands from an earlier audit is asked about as that."""
    lines = [f"- **{c.name}**: {stands_for(c, ratings[c.id])}" for c in gap.criteria]
    since = next((r.quotes[-1].carried_from for c in gap.criteria if (r := ratings[c.id]).carried), None)
    if since:
        head, asks = f"**{gap.name}**. What you do not name stands as it did on {written(since)}:", "Does all of that hold today?"
    else:
        head, asks = f"That completes **{gap.name}**. Here is how I understand it:", "Is that right?"
    return "\n".join([head, "", *lines, "", asks])


def contradiction(criterion: Criterion, earlier: Entry, finding: Finding) -> str:
    """Put two statements that cannot both hold to the person."""
    said = f"you said “{earlier.quote}”" if earlier.read_by != "tap" else f"you chose “{earlier.quote}”"
    now = f"now I hear “{finding.quote}”. Which of the two holds today?"
    return f"May I check one thing, about {criterion.name.lower()}? Earlier {said}; {now}"


def contradiction_choices(rubric: Rubric, criterion: str, earlier: Entry, finding: Finding) -> tuple[Choice, ...]:
    """The two statements to tap, the earlier one first."""
    levels = rubric.criteria[criterion].levels
    return (
        Choice(value="earlier", label=f"The earlier: {_lower(levels[earlier.level or 0])}"),
        Choice(value="later", label=f"The later: {_lower(levels[finding.level])}"),
        DONT_KNOW,
    )

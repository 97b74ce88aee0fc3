"""How a project's way since an earlier audit reads in every form of the report."""

from app.audit.again.comparison import Comparison
from app.reports import words

HEADING = "Since the last audit"
PLAN = "What became of the plan"
MOVED = "What moved"
COLUMNS = ("Point", "Then", "Now")
OUTCOMES = {"done": "Done", "not done": "Not done", "not known": "Not known"}


def sentences(found: Comparison) -> list[str]:
    """Say in sentences what became of the project."""
    return [_score(found), *_moves(found), *_plan(found)]


def moved(found: Comparison) -> list[tuple[str, str, str, str]]:
    """List what moved, what fell first: criterion, name, where it stood and where it stands."""
    order = ("fell", "lost", "rose", "settled")
    listed = sorted(found.moved, key=lambda one: order.index(one.change))
    return [(one.criterion, one.name, _level(one.before, one.was), _level(one.now, one.stands)) for one in listed]


def _level(level: int | None, said: str) -> str:
    return words.sentence(words.capital(said)) if level is None else f"Level {level}: {words.sentence(words.within(said))}"


def _score(found: Comparison) -> str:
    before, now, day = found.overall.before.value, found.overall.now.value, words.day(found.since)
    if before is None or now is None:
        return (
            f"The earlier audit was on {day}; a score exists for only one of the two." if before != now else f"The last audit was on {day}."
        )
    if round(before) == round(now):
        return f"The score is what it was on {day}: {words.points(now)} of 100."
    way = "rose" if now > before else "fell"
    return f"Since {day} the score {way} from {words.points(before)} to {words.points(now)} of 100."


def _moves(found: Comparison) -> list[str]:
    rose, fell, settled, lost = (sum(one.change == change for one in found.moved) for change in ("rose", "fell", "settled", "lost"))
    fallen = f"{fell} fell" if rose else f"{words.count(fell, 'rating')} fell"
    now, no_more = ("is" if number == 1 else "are" for number in (settled, lost))
    told = {
        f"{words.count(rose, 'rating')} rose": rose,
        fallen: fell,
        f"{words.count(settled, 'point')} that nobody knew {now} known now": settled,
        f"{words.count(lost, 'point')} that {'was' if lost == 1 else 'were'} known {no_more} open again": lost,
    }
    parts = [said for said, number in told.items() if number]
    if not parts:
        return ["Nothing moved."]
    stays = f"; {words.count(found.unchanged, 'rating')} stayed" if found.unchanged else ""
    return [words.sentence(words.listed(parts) + stays)]


def _plan(found: Comparison) -> list[str]:
    if not found.work:
        return []
    done = sum(one.outcome == "done" for one in found.work)
    of = words.count(len(found.work), "piece of work", "pieces of work")
    return [f"Of the {of} in the plan, {done or 'none'} {'is' if done <= 1 else 'are'} done."]

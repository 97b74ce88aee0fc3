"""Which actions go into a sprint: what the person asked for, what blocks the checklist, then points gained per person-day."""

from collections.abc import Mapping, Sequence

from app.audit.actions import Action, Theme
from app.audit.grammar import within
from app.audit.ledger.evidence import Rating
from app.audit.methodology import Methodology
from app.audit.plan.changes import Changes
from app.audit.rubric import READY_LEVEL
from app.audit.score.levers import with_level
from app.audit.score.scoring import Range, score

_ROUNDING = 1e-9


def effort(effort_days: tuple[float, float]) -> float:
    """Return the person-days to plan with: the middle of the estimate."""
    return sum(effort_days) / 2


class Planner:
    """Fills sprint after sprint; the ratings move along with what was chosen."""

    def __init__(self, methodology: Methodology, ratings: Mapping[str, Rating], changes: Changes) -> None:
        self.rubric = methodology.rubric
        self.words = methodology.words
        self.ratings = dict(ratings)
        self.refusals: list[str] = []
        """Which of the person's changes found no place, and why, in sentences."""
        self._next_step = {(action.criterion, action.from_level): action for action in methodology.actions}
        self._dropped = frozenset(changes.dropped)
        by_id = {action.id: action for action in methodology.actions}
        self._pinned = [(by_id[id_], number) for id_, number in changes.moved.items() if id_ in by_id]
        self._added = [by_id[id_] for id_ in dict.fromkeys(changes.added) if id_ in by_id and id_ not in changes.moved]
        self._not_before: dict[str, int] = {}

    @property
    def expected(self) -> Range:
        """The overall score with everything done that was chosen so far."""
        return score(self.rubric, self.ratings).overall

    def missing(self, action: Action) -> list[str]:
        """Return the criteria that must come first; one that nobody knows or that does not apply blocks nothing."""
        return [c for c, least in action.depends_on.items() if (level := self.ratings[c].level) is not None and level < least]

    def needs(self, action: Action) -> str:
        """Say what must come first; empty where nothing must."""
        names = [within(self.rubric.criteria[criterion].name) for criterion in self.missing(action)]
        return self.words.say("plan.blocked.needs", names=self.words.listed(names)) if names else ""

    def why_not(self, action: Action) -> str:
        """Say why an action cannot be done as things stand; empty where it can."""
        rating, name, say = self.ratings[action.criterion], within(self.rubric.criteria[action.criterion].name), self.words.say
        if rating.standing == "not_applicable":
            return say("plan.blocked.does_not_apply", name=name)
        if rating.level is None:
            return say("plan.blocked.not_known", name=name)
        if rating.level > action.from_level:
            return say("plan.blocked.done_already", name=name)
        if rating.level < action.from_level:
            return say("plan.blocked.step_before", title=self._next_step[action.criterion, rating.level].title)
        return self.needs(action)

    def fill(self, number: int, reached: set[Theme], room: float) -> list[Action]:
        """Take actions until the sprint's capacity is used: pinned and added ones, then those of the themes reached so far."""
        chosen = self._take(number, reached, room)
        late = self._pinned_to(number)
        for action in late:
            reason = self.why_not(action) or self.words.say("plan.blocked.full_sprint")
            self.refusals.append(self.words.say("plan.refused.sprint", title=action.title, number=number, reason=reason))
            self._not_before[action.id] = number + 1
            self._forget(action)
        if late:  # the room that was kept for them is free again
            chosen += self._take(number, reached, room - sum(effort(a.effort_days) for a in chosen))
        return chosen

    def finish(self) -> None:
        """Say why what was added has no place in the plan."""
        for action in self._added:
            reason = self.why_not(action) or self.words.say("plan.blocked.full_plan")
            self.refusals.append(self.words.say("plan.refused.addition", title=action.title, reason=reason))

    def left(self) -> list[Action]:
        """Return what is still below production-ready after the plan, what blocks the checklist first."""
        candidates = self._candidates()
        return sorted(candidates, key=lambda action: self._worth(action, candidates), reverse=True)

    def beyond(self, criterion: str) -> Action | None:
        """Return the step from production-ready to proven, where it is still to be done."""
        step = self._next_step.get((criterion, READY_LEVEL))
        return step if step and self.ratings[criterion].level == READY_LEVEL and step.id not in self._dropped else None

    def _candidates(self) -> list[Action]:
        """Return the next step of each criterion that is known and below production-ready."""
        steps = [self._next_step.get((c, r.level)) for c, r in self.ratings.items() if r.level is not None and r.level < READY_LEVEL]
        return [step for step in steps if step is not None and step.id not in self._dropped]

    def _take(self, number: int, reached: set[Theme], room: float) -> list[Action]:
        chosen: list[Action] = []
        while (action := self._next(number, reached, room)) is not None:
            chosen.append(action)
            room -= effort(action.effort_days)
            self.ratings = with_level(self.ratings, action.criterion, action.to_level)
            self._forget(action)
        return chosen

    def _pinned_to(self, number: int) -> list[Action]:
        return [action for action, sprint in self._pinned if sprint == number]

    def _forget(self, action: Action) -> None:
        """Strike an action off what the person asked for: it is placed, or refused."""
        self._pinned = [pin for pin in self._pinned if pin[0] is not action]
        self._added = [a for a in self._added if a is not action]

    def _next(self, number: int, reached: set[Theme], room: float) -> Action | None:
        pinned = self._pinned_to(number)
        asked_for = (a for a in (*pinned, *self._added) if self._fits(a, room))
        if (action := next(asked_for, None)) is not None:
            return action
        room -= sum(effort(a.effort_days) for a in pinned)
        waits = [a for a, _ in self._pinned]
        open_ = [a for a in self._candidates() if a not in waits and self._not_before.get(a.id, number) <= number]
        fits = [a for a in open_ if a.theme in reached and self._fits(a, room)]
        return max(fits, key=lambda a: self._worth(a, open_), default=None)

    def _fits(self, action: Action, room: float) -> bool:
        return effort(action.effort_days) <= room + _ROUNDING and not self.why_not(action)

    def _worth(self, action: Action, candidates: Sequence[Action]) -> tuple[bool, float]:
        """Rank an action: whether a line of the checklist waits for it, then points of the score per person-day."""
        core = [a for a in candidates if self.rubric.criteria[a.criterion].core]
        blocks = action in core or any(action.criterion in self.missing(a) for a in core)
        now = self.expected.value or 0.0
        then = score(self.rubric, with_level(self.ratings, action.criterion, action.to_level)).overall.value or 0.0
        return blocks, (then - now) / max(effort(action.effort_days), 0.5)

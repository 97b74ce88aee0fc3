"""Where a turn goes next: the only place that reads a state's route."""

from typing import Literal

from app.interview.events import HAND_OVER
from app.interview.state import InterviewState

AfterListen = Literal["take_tap", "refuse", "assess", "deepen", "hand_over", "ask"]
AfterAssess = Literal[
    "record",
    "record_probe",
    "record_confirmation",
    "record_clash",
    "record_cover",
    "record_reason",
    "explain",
    "correct",
    "refuse",
    "steer",
]
AfterDoing = Literal["explain", "ask_change", "ask", "conclude", "__end__"]


def after_listen(state: InterviewState) -> AfterListen:
    """A tap says what it means; words have to be read."""
    routes: dict[str, AfterListen] = {
        "tap": "take_tap",
        "assess": "assess",
        "deepen": "deepen",
        HAND_OVER: "hand_over",
        "refused": "refuse",
        "stale": "refuse",
    }
    return routes.get(state["route"], "ask")


def after_assess(state: InterviewState) -> AfterAssess:
    """Go by what the person wants."""
    route = state["route"]
    if route.startswith("probe:"):
        return "record_probe"
    if route.startswith("confirm:"):
        return "record_confirmation"
    if route.startswith("clash:"):
        return "record_clash"
    routes: dict[str, AfterAssess] = {
        "cover": "record_cover",
        "reason": "record_reason",
        "record": "record",
        "explain": "explain",
        "correct": "correct",
        "unread": "refuse",
    }
    return routes.get(route, "steer")


def after_doing(state: InterviewState) -> AfterDoing:
    """Go on to the next question, unless what was done asks for something else."""
    route = state["route"]
    if route.startswith("change:"):
        return "ask_change"
    routes: dict[str, AfterDoing] = {"explain": "explain", "conclude": "conclude", "asked": "__end__", "paused": "__end__"}
    return routes.get(route, "ask")


def after_ask(state: InterviewState) -> Literal["conclude", "__end__"]:
    """End the turn with a question, or with the report when nothing is left to ask."""
    return "conclude" if state["route"] == "conclude" else "__end__"

"""The planner by hand, on the small methodology: every action takes ten person-days and a week of its gap's owner."""

from collections.abc import Mapping

import pytest

from app.audit.methodology import Methodology
from app.audit.plan.changes import AS_PLANNED, Changes
from app.audit.plan.ninety_days import plan
from app.audit.plan.planner import Planner, effort
from app.audit.plan.roadmap import Roadmap
from tests.audit import small
from tests.audit.small import MONDAY, Levels

READY = small.all_at(4)


def planned(method: Methodology, levels: Levels, changes: Changes = AS_PLANNED) -> Roadmap:
    return plan(method, small.ratings(levels, method.rubric), MONDAY, changes)


def ids(roadmap: Roadmap) -> list[list[str]]:
    return [[task.id for task in sprint.tasks] for sprint in roadmap.sprints]


def left(roadmap: Roadmap) -> dict[str, str]:
    return {one.id: one.reason for one in roadmap.not_yet}


def needing(method: Methodology, needs: Mapping[str, Mapping[str, int]]) -> Methodology:
    return small.with_actions(method, {id_: {"depends_on": depends} for id_, depends in needs.items()})


def test_the_effort_planned_with_is_the_middle_of_the_estimate() -> None:
    assert effort((8, 13)) == 10.5


def test_a_sprint_takes_its_own_theme_and_what_earlier_ones_left(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.core": 2, "agentops.core": 2, "adoption.core": 2}, Changes(capacity_days=10))
    assert ids(roadmap) == [["data.core:2-3"], ["agentops.core:2-3"], ["adoption.core:2-3"]]
    crowded = planned(method, READY | {"data.core": 1, "agentops.more": 2, "adoption.more": 2}, Changes(capacity_days=10))
    assert ids(crowded) == [["data.core:1-2"], ["data.core:2-3"], ["agentops.more:2-3"]]
    assert left(crowded) == {"adoption.more:2-3": "it does not fit into the ninety days beside what matters more"}


def test_by_default_a_sprint_holds_sixty_person_days(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.core": 0, "data.more": 0, "security.core": 0})
    assert [len(sprint.tasks) for sprint in roadmap.sprints] == [6, 3, 0]
    assert roadmap.capacity_days == 60
    assert roadmap.sprints[0].effort_days == (48, 72)


@pytest.mark.parametrize(("capacity", "tasks"), [(19.9, 1), (20, 2), (29.9, 2), (30, 3)])
def test_a_sprint_is_filled_to_its_capacity_and_not_beyond(method: Methodology, capacity: float, tasks: int) -> None:
    roadmap = planned(method, READY | {"data.core": 0}, Changes(capacity_days=capacity))
    assert len(roadmap.sprints[0].tasks) == tasks
    assert roadmap.capacity_days == capacity


def test_what_blocks_a_line_of_the_checklist_comes_before_what_gains_more(method: Methodology) -> None:
    cheap = small.with_actions(method, {"data.more:2-3": {"effort_days": (1, 1)}})
    roadmap = planned(cheap, READY | {"data.core": 2, "data.more": 2}, Changes(capacity_days=11))
    assert ids(roadmap)[0] == ["data.core:2-3", "data.more:2-3"]


def test_what_a_core_step_waits_for_is_as_pressing_as_the_step(method: Methodology) -> None:
    waits = needing(method, {"security.core:2-3": {"data.more": 3}})
    roadmap = planned(waits, READY | {"data.more": 2, "security.core": 2, "security.more": 2}, Changes(capacity_days=10))
    assert ids(roadmap) == [["data.more:2-3"], ["security.core:2-3"], ["security.more:2-3"]]


def test_of_two_that_block_nothing_the_one_with_more_points_a_day_comes_first(method: Methodology) -> None:
    cheap = small.with_actions(method, {"security.more:2-3": {"effort_days": (4, 4)}})
    roadmap = planned(cheap, READY | {"data.more": 2, "security.more": 2}, Changes(capacity_days=10))
    assert ids(roadmap)[0] == ["security.more:2-3"]
    steep = small.with_actions(method, {"data.more:2-3": {"effort_days": (5, 5)}})
    levels = READY | {"data.more": 2, "security.more": 2, "security.core": "n/a"}  # so that it has three times the points
    assert ids(planned(steep, levels, Changes(capacity_days=10)))[0] == ["security.more:2-3"]
    # Half as many points for half the days is as good; of equals the rubric's order decides.
    gains = small.with_actions(method, {"security.more:2-3": {"effort_days": (9, 9)}})
    assert ids(planned(gains, READY | {"data.more": 2, "security.more": 2, "security.core": "n/a"}, Changes(capacity_days=10)))[0] == [
        "security.more:2-3"
    ]


def test_very_short_work_weighs_as_half_a_day(method: Methodology) -> None:
    short = small.with_actions(method, {"data.more:2-3": {"effort_days": (0.5, 0.5)}, "security.more:2-3": {"effort_days": (0, 0)}})
    roadmap = planned(short, READY | {"data.more": 2, "security.more": 2})
    assert ids(roadmap)[0] == ["data.more:2-3", "security.more:2-3"], "nought days gain no more a day than half a day"


def test_work_waits_for_the_level_it_depends_on(method: Methodology) -> None:
    waits = needing(method, {"data.core:2-3": {"security.core": 2}})
    roadmap = planned(waits, READY | {"data.core": 2, "security.core": 0}, Changes(capacity_days=10))
    assert ids(roadmap) == [["security.core:0-1"], ["security.core:1-2"], ["data.core:2-3"]]


def test_what_still_waits_after_the_plan_says_for_what(method: Methodology) -> None:
    waits = needing(method, {"data.core:2-3": {"adoption.core": 3, "adoption.more": 3, "agentops.more": 1}})
    changes = Changes(capacity_days=10, dropped=("adoption.core:2-3", "adoption.more:2-3", "agentops.more:0-1"))
    roadmap = planned(waits, READY | {"data.core": 2, "adoption.core": 2, "adoption.more": 2, "agentops.more": 0}, changes)
    assert ids(roadmap) == [[], [], []]
    assert left(roadmap)["data.core:2-3"] == "it needs adoption core, adoption more and agentops more first"


def test_what_nobody_knows_or_does_not_apply_blocks_nothing(method: Methodology) -> None:
    waits = needing(method, {"data.core:2-3": {"security.core": 3, "security.more": 3}})
    roadmap = planned(waits, READY | {"data.core": 2, "security.core": None, "security.more": "n/a"})
    assert ids(roadmap)[0] == ["ask:security.core", "data.core:2-3"]


def test_only_what_is_below_production_ready_is_worked_on(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.more": 3, "security.core": 3})
    assert ids(roadmap) == [[], [], []]
    assert roadmap.not_yet == (), "with no open line of the checklist nothing has to wait"


def test_the_step_to_proven_waits_while_a_line_of_the_checklist_is_open(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.more": 3, "adoption.core": 3, "security.core": 2})
    reason = "this is production-ready already; the checklist's open lines come first"
    assert left(roadmap) == {"data.more:3-4": reason, "adoption.core:3-4": reason}
    unknown = planned(method, READY | {"data.more": 3, "security.core": None, "security.more": 1})
    assert left(unknown) == {}


def test_questions_come_first_and_take_of_the_room(method: Methodology) -> None:
    roadmap = planned(method, READY | {"security.core": None, "data.core": 1}, Changes(capacity_days=20))
    assert ids(roadmap) == [["ask:security.core", "data.core:1-2"], ["data.core:2-3"], []]
    assert roadmap.sprints[0].effort_days == (8.5, 13)


def test_questions_that_find_no_room_wait_for_the_next_sprint_and_then_for_later(method: Methodology) -> None:
    levels = dict.fromkeys(("data.core", "agentops.core", "security.core", "integration.core"), None)
    roadmap = planned(method, READY | levels, Changes(capacity_days=0.75))
    assert ids(roadmap) == [["ask:data.core"], ["ask:agentops.core"], ["ask:security.core"]]
    assert left(roadmap) == {"ask:integration.core": "there is no room for it in the ninety days"}
    assert ids(planned(method, READY | levels, Changes(capacity_days=0.7))) == [[], [], []]


def test_what_is_open_is_asked_about_too_and_what_does_not_apply_is_not(method: Methodology) -> None:
    roadmap = planned(method, {"data.core": 4, "data.more": "n/a", "agentops.core": 4, "agentops.more": 4, "security.core": 4})
    assert ids(roadmap)[0] == ["ask:security.more", "ask:integration.core", "ask:adoption.core"]


def test_a_dropped_task_is_left_out_and_said_to_be(method: Methodology) -> None:
    changes = Changes(dropped=("data.core:1-2", "ask:security.core"))
    roadmap = planned(method, READY | {"data.core": 1, "security.core": None}, changes)
    assert ids(roadmap) == [[], [], []]
    assert left(roadmap) == {"data.core:1-2": "you took it out", "ask:security.core": "you took it out"}
    assert roadmap.refusals == ()
    beyond = planned(method, READY | {"data.core": 3, "security.core": 2}, Changes(dropped=("data.core:3-4",)))
    assert left(beyond) == {"data.core:3-4": "you took it out"}


def test_a_moved_task_goes_into_its_sprint_before_anything_else(method: Methodology) -> None:
    levels = READY | {"data.core": 2, "adoption.more": 2}
    assert ids(planned(method, levels, Changes(capacity_days=10))) == [["data.core:2-3"], [], ["adoption.more:2-3"]]
    early = planned(method, levels, Changes(moved={"adoption.more:2-3": 1}, capacity_days=10))
    assert ids(early) == [["adoption.more:2-3"], ["data.core:2-3"], []]
    late = planned(method, levels, Changes(moved={"data.core:2-3": 3}, capacity_days=20))
    assert ids(late) == [[], [], ["data.core:2-3", "adoption.more:2-3"]]


def test_the_room_of_a_moved_task_is_kept_for_it(method: Methodology) -> None:
    waits = needing(method, {"adoption.more:2-3": {"data.more": 3}})
    levels = READY | {"adoption.more": 2, "data.core": 2, "data.more": 2}
    roadmap = planned(waits, levels, Changes(moved={"adoption.more:2-3": 1}, capacity_days=20))
    assert ids(roadmap)[0] == ["data.core:2-3", "data.more:2-3"]
    assert roadmap.refusals == ("“Lift adoption.more to 3” cannot go into sprint 1: it needs data more first.",)
    roomy = planned(waits, levels, Changes(moved={"adoption.more:2-3": 1}, capacity_days=30))
    assert ids(roomy)[0] == ["data.core:2-3", "data.more:2-3", "adoption.more:2-3"]


def test_what_cannot_go_into_its_sprint_is_planned_after_it(method: Methodology) -> None:
    waits = needing(method, {"data.more:2-3": {"security.core": 3}})
    changes = Changes(moved={"data.more:2-3": 1, "security.core:2-3": 2}, capacity_days=20)
    roadmap = planned(waits, READY | {"data.more": 2, "security.core": 2}, changes)
    assert ids(roadmap) == [[], ["security.core:2-3", "data.more:2-3"], []]
    assert roadmap.refusals == ("“Lift data.more to 3” cannot go into sprint 1: it needs security core first.",)


def test_what_was_refused_a_sprint_is_not_slipped_into_it_after_all(method: Methodology) -> None:
    """The room that was kept for the other refused task would be there, and what it waits for is done by then."""
    waits = needing(method, {"security.more:2-3": {"data.more": 3}, "security.core:2-3": {"adoption.core": 4}})
    changes = Changes(moved={"security.more:2-3": 1, "security.core:2-3": 1}, capacity_days=20)
    roadmap = planned(waits, READY | {"security.more": 2, "security.core": 2, "data.more": 2, "adoption.core": 3}, changes)
    assert ids(roadmap) == [["data.more:2-3"], ["security.more:2-3"], []]


def test_an_added_task_is_placed_wherever_it_fits_whatever_its_theme(method: Methodology) -> None:
    roadmap = planned(method, READY | {"adoption.core": 3}, Changes(added=("adoption.core:3-4",)))
    assert ids(roadmap) == [["adoption.core:3-4"], [], []]
    assert roadmap.sprints[0].expected.value == 100
    both = planned(method, READY | {"adoption.core": 3}, Changes(added=("adoption.core:3-4",), moved={"adoption.core:3-4": 2}))
    assert (ids(both), both.refusals) == ([[], ["adoption.core:3-4"], []], ())


def test_a_question_is_moved_to_a_later_sprint(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.core": None, "security.core": None}, Changes(moved={"ask:data.core": 2}))
    assert ids(roadmap) == [["ask:security.core"], ["ask:data.core"], []]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        (Changes(moved={"data.core:2-3": 1}), "“Lift data.core to 3” cannot go into sprint 1: “Lift data.core to 2” has to come first."),
        (Changes(moved={"data.core:0-1": 3}), "“Lift data.core to 1” cannot go into sprint 3: data core is that far already."),
        (
            Changes(moved={"agentops.core:1-2": 1}),
            "“Lift agentops.core to 2” cannot go into sprint 1: it is not known yet where agentops core stands.",
        ),
        (Changes(moved={"security.core:1-2": 1}), "“Lift security.core to 2” cannot go into sprint 1: security core does not apply here."),
        (Changes(added=("data.core:0-1",)), "“Lift data.core to 1” cannot be added: data core is that far already."),
        (
            Changes(added=("data.core:1-2",), capacity_days=9),
            "“Lift data.core to 2” cannot be added: it does not fit beside the other work.",
        ),
        (
            Changes(moved={"data.core:1-2": 3}, capacity_days=9),
            "“Lift data.core to 2” cannot go into sprint 3: it does not fit beside the other work of that sprint.",
        ),
        (Changes(moved={"data.core:1-2": 0}), "“Lift data.core to 2” cannot go into sprint 0: the plan has 3 sprints."),
        (Changes(moved={"data.core:1-2": 4}), "“Lift data.core to 2” cannot go into sprint 4: the plan has 3 sprints."),
        (Changes(added=("data.magic:1-2",)), "There is no task “data.magic:1-2” in this plan."),
        (Changes(dropped=("x",), moved={"x": 1}, added=("x",)), "There is no task “x” in this plan."),
        (
            Changes(added=("data.core:1-2",), moved={"data.core:1-2": 1}, dropped=("data.core:1-2",)),
            "“Lift data.core to 2” was taken out, so it is not moved or added.",
        ),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_in_words(method: Methodology, changes: Changes, refusal: str) -> None:
    # Step 2-3 is dropped along, so that no later sprint makes room for what comes before it.
    levels = READY | {"data.core": 1, "agentops.core": None, "security.core": "n/a"}
    changes = changes if "data.core:2-3" not in changes.moved else changes.model_copy(update={"dropped": ("data.core:1-2",)})
    assert planned(method, levels, changes).refusals == (refusal,)


@pytest.mark.parametrize("sprint", [1, 3])
def test_the_first_and_the_last_sprint_can_be_moved_to(method: Methodology, sprint: int) -> None:
    roadmap = planned(method, READY | {"data.core": 2}, Changes(moved={"data.core:2-3": sprint}))
    assert (ids(roadmap)[sprint - 1], roadmap.refusals) == (["data.core:2-3"], ())


def test_what_is_left_comes_with_the_most_pressing_first(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.more": 0, "agentops.core": 0, "adoption.more": 0}, Changes(capacity_days=5))
    assert [one.id for one in roadmap.not_yet] == ["agentops.core:0-1", "data.more:0-1", "adoption.more:0-1"]


def test_the_expected_score_moves_along_with_the_plan(method: Methodology) -> None:
    roadmap = planned(method, READY | {"data.core": 1, "data.more": 4, "security.core": None}, Changes(capacity_days=11))
    values = [sprint.expected.value for sprint in roadmap.sprints]
    assert values == [pytest.approx((200 / 3 + 4 * 100) / 5), pytest.approx((250 / 3 + 4 * 100) / 5), pytest.approx((250 / 3 + 400) / 5)]
    assert roadmap.sprints[2].expected.low == pytest.approx((250 / 3 + 100 / 3 + 300) / 5)


def test_a_planner_takes_no_step_twice_and_none_backwards(method: Methodology) -> None:
    planner = Planner(method, small.ratings(READY | {"data.core": 2}, method.rubric), AS_PLANNED)
    assert [action.id for action in planner.fill(1, {"foundation"}, 100)] == ["data.core:2-3"]
    assert planner.fill(2, {"foundation"}, 100) == []
    step = planner.beyond("data.core")
    assert step is not None
    assert step.id == "data.core:3-4"
    assert planner.beyond("security.core") is None
    assert planner.expected.value == pytest.approx(250 / 3 / 5 + 80)

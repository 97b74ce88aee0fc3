from app.audit.methodology import Methodology
from app.audit.plan.tasks import as_task, dated, questions
from tests.audit import small


def test_an_action_becomes_a_line_of_the_plan(method: Methodology) -> None:
    action = small.action("data.core", 1).model_copy(update={"depends_on": {"security.core": 2, "data.more": 1}})
    task = as_task(action, method.rubric)
    assert task.model_dump() == {
        "id": "data.core:1-2",
        "criterion": "data.core",
        "title": "Lift data.core to 2",
        "steps": ("First step on data.core", "Second step"),
        "owner": "data owner",
        "effort_days": (8, 12),
        "weeks": (1, 1),
        "done_when": "data.core is at 2",
        "after": ("Security core", "Data more"),
        "passage": "data.core#do",
        "from_level": 1,
        "to_level": 2,
        "covers": ("data.core",),
        "first_day": 1,
        "last_day": 30,
    }


def test_what_one_person_would_know_is_asked_in_one_go(method: Methodology) -> None:
    first, second = questions(method, ["data.more", "security.core", "data.core"])
    assert first.model_dump() == {
        "id": "ask:data.more",
        "criterion": "data.more",
        "title": "Ask the data lead: data more, data core",
        "steps": ("How is data.more?", "How is data.core?"),
        "owner": "Whoever ran this audit",
        "effort_days": (0.5, 1.0),
        "weeks": (0.5, 1.0),
        "done_when": "Each of these has an answer with an example, and the audit is updated.",
        "after": (),
        "passage": "data.more#how-to-check-it",
        "from_level": None,
        "to_level": None,
        "covers": ("data.more", "data.core"),
        "first_day": 1,
        "last_day": 30,
    }
    assert (second.id, second.covers) == ("ask:security.core", ("security.core",))
    assert questions(method, []) == []


def test_a_sprints_work_is_dated_from_its_first_day_on(method: Methodology) -> None:
    asks = questions(method, ["adoption.core", "security.core"])
    steps = [small.action("data.core", 0), small.action("data.core", 1), small.action("agentops.core", 0)]
    days = [(task.id, task.first_day, task.last_day) for task in dated(asks, steps, method.rubric, 30)]
    assert days == [
        ("ask:adoption.core", 31, 35),
        ("ask:security.core", 36, 40),
        ("data.core:0-1", 31, 37),
        ("data.core:1-2", 38, 44),
        ("agentops.core:0-1", 31, 37),
    ]


def test_work_waits_for_what_it_depends_on_and_for_nothing_else(method: Methodology) -> None:
    first, low, high = small.action("data.core", 0), small.action("security.core", 0), small.action("security.core", 1)
    needs = {"depends_on": {"data.core": 1, "security.core": 1}}
    waits = small.action("agentops.core", 0).model_copy(update=needs)
    asks = questions(method, ["adoption.core"])
    days = {task.id: (task.first_day, task.last_day) for task in dated(asks, [first, low, high, waits], method.rubric, 0)}
    assert days["security.core:1-2"] == (8, 14)
    assert days["agentops.core:0-1"] == (8, 14), "after both first steps, and beside the second"


def test_calendar_days_are_the_middle_of_the_weeks(method: Methodology) -> None:
    slow = small.action("data.core", 0).model_copy(update={"weeks": (1, 3)})
    (task,) = dated([], [slow], method.rubric, 60)
    assert (task.first_day, task.last_day) == (61, 74)

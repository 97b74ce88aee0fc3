"""The catalogue and the program agree: each key that is said is there with its values, each that is there is said."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from app.errors import KnowledgeError
from app.knowledge.load import FOLDER, ROOT, Knowledge
from app.knowledge.words import Catalogue, load_words
from tests.knowledge.messages import differences, values_of

APP = Path(__file__).resolve().parents[2] / "app"
BUILT: tuple[str, ...] = ()
"""Beginnings of keys whose end is an id, as in `words.say(f"score.band.{band}")`."""
_IN_TEMPLATE = re.compile(r"""\b(?:say|many)\(\s*["']([\w.]+)["']""")
_SPACED = re.compile(r", ?(?:date|time), +(?!::|short\b|medium\b|long\b|full\b)")
_KEY = re.compile(r"[a-z_]+(?:\.\w+)+")


@dataclass(frozen=True)
class Said:
    """A place in the program that says a literal key."""

    where: str
    key: str
    kind: str
    values: frozenset[str]
    more: bool
    """Whether values are handed on that the place does not name."""


def _keys(node: ast.expr) -> Iterator[str]:
    """Return the keys that an expression stands for: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _keys(node.body)
        yield from _keys(node.orelse)


def _is_key(text: str, rooms: frozenset[str]) -> bool:
    return bool(_KEY.fullmatch(text)) and not text.endswith(".j2") and text.partition(".")[0] in rooms


def said_in(source: str, where: str, rooms: frozenset[str]) -> list[Said]:
    """Find every call of `say` or `many`, whatever it is called on, whose first argument is a literal key."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        kind = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        if kind not in ("say", "many"):
            continue
        for key in _keys(node.args[0]):
            if _is_key(key, rooms):
                values = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                more = any(keyword.arg is None for keyword in node.keywords)
                found.append(Said(f"{where}:{node.lineno}", key, kind, values, more))
    return found


@pytest.fixture(scope="module")
def words() -> Catalogue:
    return load_words(FOLDER / "words")


@pytest.fixture(scope="module")
def rooms() -> frozenset[str]:
    return frozenset(path.stem for path in (FOLDER / "words").glob("*.yaml"))


@pytest.fixture(scope="module")
def said(rooms: frozenset[str]) -> list[Said]:
    return [one for path in sorted(APP.rglob("*.py")) for one in said_in(path.read_text("utf-8"), str(path.relative_to(APP)), rooms)]


@pytest.fixture(scope="module")
def mentioned(rooms: frozenset[str]) -> frozenset[str]:
    """Every text of the program that looks like a key, wherever it stands: tables of keys, fields, templates."""
    texts = {
        node.value
        for path in APP.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    templates = {key for path in APP.rglob("*.j2") for key in _IN_TEMPLATE.findall(path.read_text("utf-8"))}
    return frozenset(text for text in texts | templates if _is_key(text, rooms))


def test_every_key_that_is_said_is_there(said: Sequence[Said], words: Catalogue) -> None:
    lists = words.keys - words.sentences
    lacking = [f"{one.where}: {one.key}" for one in said if one.key not in (words.sentences if one.kind == "say" else lists)]
    assert len(said) > 10
    assert not lacking


def test_every_sentence_is_said_with_just_the_values_that_it_takes(said: Sequence[Said], words: Catalogue) -> None:
    wrong = []
    for one in said:
        if one.kind == "say" and one.key in words.sentences:
            takes = values_of(words.pattern(one.key))
            if one.values - takes or (takes - one.values and not one.more):
                wrong.append(f"{one.where}: {one.key} takes {sorted(takes)}, is given {sorted(one.values)}")
    assert not wrong


def test_every_key_that_is_there_is_used(mentioned: frozenset[str], words: Catalogue) -> None:
    assert sorted(key for key in words.keys - mentioned if not key.startswith(BUILT)) == []


def test_every_text_that_looks_like_a_key_is_one(mentioned: frozenset[str], words: Catalogue) -> None:
    headings = {key.rpartition(".")[0] for key in words.keys}
    assert sorted(text for text in mentioned - words.keys if text not in headings) == []


def test_no_day_is_written_with_a_space_before_it(words: Catalogue) -> None:
    assert [key for key in sorted(words.sentences) if _SPACED.search(words.pattern(key))] == []


def test_every_beginning_of_built_keys_has_its_place_in_the_program(words: Catalogue) -> None:
    program = "\n".join(path.read_text("utf-8") for path in APP.rglob("*.py"))
    for beginning in BUILT:
        assert any(key.startswith(beginning) for key in words.keys)
        assert f'f"{beginning}{{' in program, beginning


def test_a_call_is_found_whatever_it_is_called_on_and_with_either_key() -> None:
    source = 'a.words.say("score.one", n=1)\nsay("score.two" if x else "score.three", **rest)\nw.many("score.list")\nchat.say("Hello.")\n'
    found = said_in(source, "here", frozenset({"score"}))
    assert [(one.key, one.kind, set(one.values), one.more) for one in found] == [
        ("score.one", "say", {"n"}, False),
        ("score.two", "say", set(), True),
        ("score.three", "say", set(), True),
        ("score.list", "many", set(), False),
    ]


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        ("Nothing is taken: '{n}'.", set()),
        ("{n, plural, one {# day of {who}} other {# days}} on {on, date, d MMMM yyyy}", {"n", "who", "on"}),
        ("{kind, select, a {{deep, select, b {{deeper}} other {}}} other {}}", {"kind", "deep", "deeper"}),
    ],
)
def test_the_values_of_a_message_are_found_in_all_its_branches(pattern: str, values: set[str]) -> None:
    assert values_of(pattern) == values


def catalogue(folder: Path, text: str, language: str = "en") -> Catalogue:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "score.yaml").write_text(text, encoding="utf-8")
    return load_words(folder, language)


def test_languages_are_compared_by_keys_lists_and_values(tmp_path: Path) -> None:
    en = catalogue(tmp_path / "en", 'one: "{n} of {m}"\ntwo: Two\nlevels: [low, high]\n')
    de = catalogue(tmp_path / "de", 'one: "{n} von"\nlevels: [tief]\nthree: Drei\n', "de")
    assert differences(en, de) == [
        "the other lacks score.levels",
        "the other lacks score.two",
        "the one lacks score.levels",
        "the one lacks score.three",
        "score.one takes other values",
    ]
    assert differences(en, en) == []


def test_every_language_there_is_says_what_the_others_say(words: Catalogue) -> None:
    for folder in ROOT.iterdir():
        if folder.is_dir():
            assert differences(words, load_words(folder / "words", folder.name)) == [], folder.name


def test_numbers_days_and_plurals_are_written_as_the_language_has_it(tmp_path: Path) -> None:
    text = 'all: "{on, date,d MMMM yyyy}, {n, number}, {n, plural, one {# day} other {# days}}, {share, number, ::percent scale/100}"\n'
    values = {"on": date(2026, 12, 23), "n": 1234.5, "share": 0.25}
    assert catalogue(tmp_path / "en", text).say("score.all", **values) == "23 December 2026, 1,234.5, 1,234.5 days, 25%"
    assert catalogue(tmp_path / "de", text, "de").say("score.all", **values).startswith("23 Dezember 2026, 1.234,5")


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 12, 31)])
def test_a_day_is_the_same_day_whatever_the_servers_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    words = catalogue(tmp_path / "en", 'day: "{on, date,yyyy-MM-dd}"\n')
    for zone in ("Pacific/Auckland", "America/Los_Angeles", "UTC"):
        monkeypatch.setenv("TZ", zone)
        assert words.say("score.day", on=day) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('one: "{n, plural, one {#}}"', r"score\.yaml: score\.one: not a message"),
        ('one: "{n"', r"score\.yaml: score\.one: not a message"),
        ("one: 3", r"score\.yaml: score\.one: expected a sentence or a list"),
        ("one: []", r"score\.yaml: score\.one: expected a sentence or a list"),
        ("one:\n  two: [1]", r"score\.yaml: score\.one\.two: expected a sentence or a list"),
        ("- one", r"score\.yaml: expected keys with sentences"),
        ("on: now", r"score\.yaml: score\.True: a key that YAML takes for no text: put it in quotes"),
    ],
)
def test_a_bad_message_is_named_with_file_and_key(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(KnowledgeError, match=problem):
        catalogue(tmp_path / "knowledge" / "en", text)


def test_things_are_joined_as_in_a_sentence(knowledge: Knowledge) -> None:
    assert [knowledge.words.listed(list("abcd"[:n])) for n in range(5)] == ["", "a", "a and b", "a, b and c", "a, b, c and d"]


def test_a_key_that_is_not_there_is_an_error(words: Catalogue) -> None:
    with pytest.raises(KeyError):
        words.say("lists.nowhere")
    with pytest.raises(KeyError):
        words.many("lists.last")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu", "UTC"])
def test_a_day_is_the_same_day_wherever_the_machine_stands(zone: str) -> None:
    code = (
        "from datetime import date; from app.knowledge.load import load_knowledge; from app.reports.phrases import Phrases; "
        "print(Phrases(load_knowledge().words).day(date(2026, 12, 23)))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "23 December 2026"

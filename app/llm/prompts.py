"""Prompts as files: front matter and Markdown, rendered strictly, each known by the first 12 hex digits of its SHA-256."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from app.errors import PromptError

FOLDER = Path(__file__).resolve().parents[2] / "prompts"
_FRONT = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_PART = re.compile(r"^# (System|User)\n", re.MULTILINE)
_VARIABLE = re.compile(r"\{\{ (\w+) \}\}")
_TAG = re.compile(r"</?([a-z_]+)>")


@dataclass(frozen=True)
class Rendered:
    """A prompt, ready to be sent."""

    name: str
    """`assess/read`."""
    fingerprint: str
    system: str
    user: str


@dataclass(frozen=True)
class Prompt:
    """One file under prompts/."""

    name: str
    fingerprint: str
    purpose: str
    variables: tuple[str, ...]
    output: str
    system: str
    user: str

    def render(self, **values: str) -> Rendered:
        """Fill the prompt in. A value can never close the tag that it stands in.

        Raises:
            PromptError: a variable is missing, or there is no such variable.
        """
        if strange := set(values) ^ set(self.variables):
            raise PromptError(f"{self.name}: missing or unknown: {', '.join(sorted(strange))}")
        tags = set(_TAG.findall(self.system + self.user))
        inside = {name: _without_tags(value, tags) for name, value in values.items()}
        system, user = (_VARIABLE.sub(lambda match: inside[match.group(1)], part) for part in (self.system, self.user))
        return Rendered(self.name, self.fingerprint, system.strip(), user.strip())


def _without_tags(value: str, tags: set[str]) -> str:
    """Take out what would close or open one of the prompt's own tags."""
    return _TAG.sub(lambda match: "" if match.group(1) in tags else match.group(0), value)


@dataclass(frozen=True)
class PromptSet:
    """All prompts of one release."""

    name: str
    prompts: Mapping[str, Prompt]

    @property
    def fingerprint(self) -> str:
        """The first 12 hex digits over all prompts' fingerprints."""
        listed = "\n".join(f"{name} {self.prompts[name].fingerprint}" for name in sorted(self.prompts))
        return hashlib.sha256(listed.encode()).hexdigest()[:12]

    def __getitem__(self, name: str) -> Prompt:
        """Return one prompt."""
        return self.prompts[name]


def load_prompt_sets(folder: Path = FOLDER) -> dict[str, PromptSet]:
    """Read every set of prompts, one folder each.

    Raises:
        PromptError: there is none, or a file is bad; the message names it.
    """
    sets = {path.name: _load_set(path) for path in sorted(folder.iterdir()) if path.is_dir()} if folder.is_dir() else {}
    if not sets:
        raise PromptError(f"{folder.name}: there are no prompts")
    return sets


def _load_set(folder: Path) -> PromptSet:
    files = sorted(folder.rglob("*.md"))
    prompts = [_load(path, path.relative_to(folder).with_suffix("").as_posix()) for path in files]
    if not prompts:
        raise PromptError(f"prompts/{folder.name}: there are no prompts")
    return PromptSet(folder.name, {prompt.name: prompt for prompt in prompts})


def _load(path: Path, name: str) -> Prompt:
    text = path.read_text(encoding="utf-8")
    shown = f"prompts/{path.parent.parent.name}/{name}.md"
    front = _FRONT.match(text)
    about = yaml.safe_load(front.group(1)) if front else None
    if not isinstance(about, dict) or set(about) != {"purpose", "variables", "output"} or not isinstance(about["variables"], list):
        raise PromptError(f"{shown}: the front matter has to give purpose, variables and output")
    parts = _PART.split(text[front.end() :] if front else "")
    if [parts[i] for i in range(1, len(parts), 2)] != ["System", "User"] or parts[0].strip():
        raise PromptError(f"{shown}: expected the headings # System and # User, in this order")
    system, user = parts[2], parts[4]
    used = set(_VARIABLE.findall(system + user))
    if strange := used ^ set(about["variables"]):
        raise PromptError(f"{shown}: named but not used, or used but not named: {', '.join(sorted(strange))}")
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Prompt(name, fingerprint, str(about["purpose"]), tuple(about["variables"]), str(about["output"]), system, user)

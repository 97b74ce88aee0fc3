"""Reads one file of knowledge/ as text or YAML, so that a fault names the file and the line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frontmatter
import yaml

from app.errors import KnowledgeError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, ten times as fast, where PyYAML was built with it."""


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text. Raises KnowledgeError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError.at(path, problem=error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError.at(path, problem=f"is not UTF-8: byte {error.start}") from error


@contextmanager
def _faults_of(path: Path, *where: str) -> Iterator[None]:
    """Name the line of a fault in YAML."""
    try:
        yield
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"line {mark.line + 1}" if mark else ""
        raise KnowledgeError.at(path, *where, line, problem=error.problem or "is not YAML") from error
    except yaml.YAMLError as error:
        raise KnowledgeError.at(path, *where, problem=str(error)) from error


def read_yaml(path: Path) -> Any:
    """Read a YAML file. Raises KnowledgeError."""
    text = read_text(path)
    with _faults_of(path):
        return yaml.load(text, _LOADER)  # noqa: S506 - it is a safe one


def read_front_matter(path: Path) -> tuple[dict[str, Any], str]:
    """Read a Markdown file as its front matter and its body. Raises KnowledgeError."""
    text = read_text(path)
    with _faults_of(path, "front matter"):
        about, body = frontmatter.parse(text)
    if not about:
        raise KnowledgeError.at(path, problem="front matter is missing, or holds no fields with values")
    return about, body

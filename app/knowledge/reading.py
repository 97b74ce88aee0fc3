"""Reads one file of knowledge/ as text or YAML, so that a fault names the file and the line."""

from pathlib import Path
from typing import Any

import yaml

from app.errors import KnowledgeError


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text. Raises KnowledgeError."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError.at(path, problem=error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise KnowledgeError.at(path, problem=f"is not UTF-8: byte {error.start}") from error


def parse_yaml(text: str, path: Path, *where: str, before: int = 0) -> Any:
    """Parse YAML that begins `before` lines into the file. Raises KnowledgeError with the line."""
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"line {mark.line + 1 + before}" if mark else ""
        raise KnowledgeError.at(path, *where, line, problem=error.problem or "is not YAML") from error
    except yaml.YAMLError as error:
        raise KnowledgeError.at(path, *where, problem=str(error)) from error


def read_yaml(path: Path) -> Any:
    """Read a YAML file. Raises KnowledgeError."""
    return parse_yaml(read_text(path), path)

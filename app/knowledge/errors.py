"""What can be wrong with what the program knows, always said with file and field."""

from pathlib import Path
from typing import Self

from pydantic import ValidationError


class KnowledgeError(ValueError):
    """A file under knowledge/ is missing or bad, or the playbook's store cannot be used."""

    @classmethod
    def at(cls, path: Path, *where: str, problem: str) -> Self:
        """Name the file as `knowledge/en/rubric/data.yaml`, then field or section, then the problem."""
        parts = path.parts
        inside = "knowledge" in parts
        shown = Path(*parts[len(parts) - 1 - parts[::-1].index("knowledge") :]) if inside else path
        return cls(": ".join([shown.as_posix(), *filter(None, where), problem]))

    @classmethod
    def of(cls, error: ValidationError, path: Path, *where: str) -> Self:
        """Turn the first finding of a validation into file, field and problem; `where` stands before the field."""
        first = error.errors()[0]
        field = ".".join([*where, *(str(part) for part in first["loc"])])
        return cls.at(path, field, problem=first["msg"].removeprefix("Value error, "))

"""Every mutant of a source file: mutmut's operators on whatever stands in a function, a property or a validator."""

import difflib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app/audit", "app/interview")
Place = tuple[str, int]
"""A function's qualified name and first line."""
_LEFT_ALONE = (cst.Annotation, cst.Decorator, cst.Parameters)
"""Evaluated when a module is imported, and types."""
_CALLS_LEFT_ALONE = ("cast", "isinstance", "len")


@dataclass(frozen=True)
class Mutant:
    """One node of one file, and what stands there instead."""

    path: Path
    line: int
    function: Place
    module: cst.Module
    node: cst.CSTNode
    instead: cst.CSTNode

    @property
    def room(self) -> str:
        """The package below `app`, as in `audit/score`."""
        return self.path.parent.relative_to(ROOT / "app").as_posix()

    @property
    def source(self) -> str:
        """The text of the whole file, mutated."""
        return str(self.module.deep_replace(self.node, self.instead).code)

    @property
    def diff(self) -> str:
        """What changed, line by line."""
        lines = difflib.unified_diff(self.module.code.splitlines(), self.source.splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))

    def codes(self) -> dict[Place, CodeType]:
        """Return the code of each function of the mutated file, by the place where it stands unmutated."""
        old, new = (_functions(compile(text, str(self.path), "exec")) for text in (self.module.code, self.source))
        return {place(was): now for was, now in zip(old, new, strict=True)}


def place(code: CodeType) -> Place:
    """Name a function by where it stands."""
    return code.co_qualname, code.co_firstlineno


def mutants() -> list[Mutant]:
    """Return all mutants of the two packages, file by file."""
    return [one for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) for one in _mutants_of(path)]


def _mutants_of(path: Path) -> list[Mutant]:
    wrapper = MetadataWrapper(cst.parse_module(path.read_text(encoding="utf-8")))
    finder = _Finder(path, wrapper.module)
    wrapper.visit(finder)
    return finder.found


def _functions(code: CodeType) -> Iterator[CodeType]:
    """Yield the functions of a module and the methods of its classes, in order; not what is nested in them."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from [inner] if inner.co_flags & inspect.CO_OPTIMIZED else _functions(inner)


class _Finder(cst.CSTVisitor):  # type: ignore[misc]
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, path: Path, module: cst.Module) -> None:
        super().__init__()
        self.found: list[Mutant] = []
        self._path, self._module = path, module
        self._places = iter([place(code) for code in _functions(compile(module.code, str(path), "exec")) if code.co_name.isidentifier()])
        self._inside: list[Place] = []
        self._line = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, _LEFT_ALONE) or (isinstance(node, cst.Call) and getattr(node.func, "value", "") in _CALLS_LEFT_ALONE):
            return False
        if isinstance(node, cst.FunctionDef):
            self._inside.append(self._inside[0] if self._inside else next(self._places))
        if self._inside:
            where = self.get_metadata(PositionProvider, node, None)
            self._line = where.start.line if where else self._line
            self.found += [
                Mutant(self._path, self._line, self._inside[0], self._module, node, instead)
                for kind, operator in mutation_operators
                if isinstance(node, kind)
                for instead in operator(node)
            ]
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self._inside.pop()

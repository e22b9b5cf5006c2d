"""The wrong variants of a file: one small change each, made on the syntax tree.

Left alone, since no behaviour stands in them: annotations, decorators, texts, `strict=` and what is
imported for annotations only.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

_OPERATORS: dict[type, Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}
_PLAIN = (ast.Name, ast.Attribute, ast.Call, ast.NamedExpr)
_UNTOUCHED = {"annotation", "returns", "decorator_list"}

_Place = tuple[ast.AST, str, int | None]


@dataclass(frozen=True)
class Mutant:
    """One wrong variant: in which file and function, what stands there instead of what.

    number: which of the file's variants it is. lines: those of its function where the change is
    inside one, so that the running code can be replaced; None where the file is to be read anew.
    """

    file: str
    where: str
    change: str
    number: int
    lines: tuple[int, int] | None

    @property
    def name(self) -> str:
        return f"{self.file} {self.where}: {self.change}"

    def code(self, root: Path) -> CodeType:
        """The whole file, compiled with this change."""
        path = root / self.file
        tree = ast.parse(path.read_bytes())
        for number, (_, place, new) in enumerate(_variants(tree)):
            if number == self.number:
                _put(place, new)
                return compile(ast.fix_missing_locations(tree), str(path), "exec")
        raise IndexError(self.name)


def mutants_of(place: str, root: Path) -> list[Mutant]:
    """All wrong variants of a file, or of "file::Class.function" in it.

    The same change again in the same function is numbered.
    """
    file, _, part = place.partition("::")
    tree = ast.parse((root / file).read_bytes())
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for number, (scopes, (node, field, at), new) in enumerate(_variants(tree)):
        old = getattr(node, field) if at is None else getattr(node, field)[at]
        where = ".".join(scope.name for scope in scopes) or "(module)"
        if part and not f"{where}.".startswith(f"{part}."):
            continue
        change = f"{ast.unparse(old)} → {ast.unparse(new)}"
        seen[where, change] += 1
        if (times := seen[where, change]) > 1:
            change += f" #{times}"
        found.append(Mutant(file, where, change, number, _lines(scopes)))
    return found


_Scope = ast.FunctionDef | ast.ClassDef
_Scopes = tuple[_Scope, ...]


def _lines(scopes: _Scopes) -> tuple[int, int] | None:
    function = next((scope for scope in scopes if isinstance(scope, ast.FunctionDef)), None)
    if function is None:
        return None
    first = min([function.lineno, *(line.lineno for line in function.decorator_list)])
    return first, function.end_lineno or first


def _variants(tree: ast.AST) -> Iterator[tuple[_Scopes, _Place, ast.AST]]:
    """Each change: the classes and functions around it, its place, what stands there then."""
    for scopes, place in _places(tree, ()):
        for new in _instead(place):
            yield scopes, place, new


def _places(node: ast.AST, scopes: _Scopes) -> Iterator[tuple[tuple[_Scope, ...], _Place]]:
    for field, value in ast.iter_fields(node):
        if field in _UNTOUCHED or (isinstance(node, ast.keyword) and node.arg == "strict"):
            continue
        within = scopes
        if isinstance(node, _Scope) and field == "body":
            within = (*scopes, node)
        listed = enumerate(value) if isinstance(value, list) else [(None, value)]
        for at, child in listed:
            if isinstance(child, ast.AST):
                yield within, (node, field, at)
                yield from _places(child, within)


def _instead(place: _Place) -> Iterator[ast.AST]:
    """What can stand there instead."""
    parent, field, at = place
    node = getattr(parent, field) if at is None else getattr(parent, field)[at]
    if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Compare):
        for position, operator in enumerate(node.ops):
            operators = [*node.ops]
            operators[position] = _OPERATORS[type(operator)]()
            yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign):
        yield from _other_operator(node)
    elif isinstance(node, ast.Constant | ast.Return):
        yield from _other_value(node)
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.Name) and node.id in _CALLS and field == "func":
        yield ast.Name(_CALLS[node.id], ast.Load())
    if isinstance(node, _PLAIN) and field in {"test", "ifs"}:
        yield ast.UnaryOp(ast.Not(), node)


def _other_operator(node: ast.BoolOp | ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    kind = _OPERATORS.get(type(node.op))
    if kind is None or (isinstance(node, ast.BinOp) and _formats(node)):
        return
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(kind(), node.values)
    elif isinstance(node, ast.BinOp):
        yield ast.BinOp(node.left, kind(), node.right)
    else:
        yield ast.AugAssign(node.target, kind(), node.value)


def _other_value(node: ast.Constant | ast.Return) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(node, ast.Return):
        if not isinstance(value, ast.Constant | None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int | float):
        yield ast.Constant(value + 1)


def _formats(node: ast.BinOp) -> bool:
    """Whether `%` puts values into a text."""
    return isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict | ast.Tuple)


def _put(place: _Place, new: ast.AST) -> None:
    parent, field, at = place
    old = getattr(parent, field) if at is None else getattr(parent, field)[at]
    if not hasattr(new, "lineno"):
        ast.copy_location(new, old)
    if at is None:
        setattr(parent, field, new)
    else:
        getattr(parent, field)[at] = new

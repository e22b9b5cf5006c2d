"""How long and how branched the functions of a file are."""

from __future__ import annotations

import ast
from dataclasses import dataclass

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
BRANCHES = (
    ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case,
    ast.comprehension, ast.IfExp,
)  # fmt: skip


@dataclass(frozen=True)
class Function:
    """One function: its file and name, its lines (decorators left out) and its branches."""

    place: str
    lines: int
    complexity: int


def functions(source: str, file: str) -> list[Function]:
    """Every function of the file, those inside classes and functions too."""
    return [
        Function(
            f"{file}:{node.lineno} {node.name}",
            (node.end_lineno or node.lineno) - node.lineno + 1,
            1 + sum(isinstance(inner, BRANCHES) for inner in ast.walk(node)),
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, FUNCTIONS)
    ]


def percentile(values: list[int], percent: int) -> int:
    """The smallest value that at least so many percent of the values do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)] if ranked else 0

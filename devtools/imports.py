"""Which file imports which, read from the text of the files; nothing is run.

Every import counts: at the top, inside a function, and for types only. Migrations are left out.
"""

from __future__ import annotations

import ast
from pathlib import Path

Graph = dict[str, set[str]]


def modules(root: Path, packages: list[str]) -> dict[str, Path]:
    """The files of the packages by their dotted names; a package's name is its `__init__.py`."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for package in packages
        for path in sorted((root / package).rglob("*.py"))
        if "migrations" not in path.relative_to(root).parts
    }


def graph(files: dict[str, Path]) -> Graph:
    """For each file the files it imports, of those given."""
    return {name: _imported(name, path, files) for name, path in files.items()}


def _imported(name: str, path: Path, files: dict[str, Path]) -> set[str]:
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(node, package)
            for alias in node.names:
                submodule = f"{base}.{alias.name}"
                found.add(submodule if submodule in files else base)
    return (found & files.keys()) - {name}


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """The module of a `from … import`, its leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    above = parts[: len(parts) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)


def circles(imports: Graph) -> list[list[str]]:
    """The groups of files of which each imports each other, by whatever way; largest first."""
    reach = {name: _reachable(name, imports) for name in imports}
    found: list[list[str]] = []
    placed: set[str] = set()
    for name in imports:
        if name in placed or name not in reach[name]:
            continue
        circle = sorted(other for other in reach[name] if name in reach[other])
        placed.update(circle)
        found.append(circle)
    return sorted(found, key=lambda circle: (-len(circle), circle))


def _reachable(start: str, imports: Graph) -> set[str]:
    """Every file that the start imports, directly or by way of others."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for name in imports[waiting.pop()] - seen:
            seen.add(name)
            waiting.append(name)
    return seen


def arrows(imports: Graph) -> Graph:
    """For each top-level package the other ones it imports."""
    found: Graph = {}
    for name, imported in imports.items():
        room = name.partition(".")[0]
        others = found.setdefault(room, set())
        others.update(other.partition(".")[0] for other in imported)
        others.discard(room)
    return found


def arrows_back(between: Graph, order: list[list[str]]) -> list[tuple[str, str]]:
    """The arrows that do not go down in `order`; packages on one level import none of each other.

    A package that the order does not name may neither import nor be imported.
    """
    level = {room: number for number, rooms in enumerate(order) for room in rooms}
    return [
        (room, other)
        for room, others in sorted(between.items())
        for other in sorted(others)
        if room not in level or other not in level or level[room] >= level[other]
    ]

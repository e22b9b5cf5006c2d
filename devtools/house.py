"""How the house is built: its rooms, the arrows between them, circles of files, and sizes.

    python -m devtools.house

Exit 1 where files import each other in a circle, where a room imports one that does not lie below
it in the order drawn in pyproject.toml (the contract "layers" of import-linter), or where a room or
a file has grown over its limit.
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from devtools import ROOT, imports, rooms
from devtools.sizes import Function, functions, percentile

LARGEST = 10
MOST_LINES_OF_A_FILE = 360
MOST_LINES_OF_A_ROOM = 8_000
# One room holds rooms of its own, and each of these has a limit instead.
ROOM_OF_ROOMS = "sparring"
MOST_LINES_OF_AN_INNER_ROOM = 4_000
TOOLS = "devtools"


@dataclass(frozen=True)
class House:
    """What is measured, and printed by `describe`."""

    lines: dict[str, int]
    """Lines of each file, by its path."""
    functions: list[Function]
    arrows: imports.Graph
    arrows_back: list[tuple[str, str]]
    circles: list[list[str]]
    test_lines: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing points back, nothing goes in a circle and nothing is too large."""
        return not self.arrows_back and not self.circles and not self.too_large

    @property
    def room_lines(self) -> dict[str, int]:
        """Lines of each room, and of each room inside the room of rooms, by its path."""
        found: dict[str, int] = {}
        for name, lines in self.lines.items():
            room, _slash, rest = name.partition("/")
            found[room] = found.get(room, 0) + lines
            inner, slash, _file = rest.partition("/")
            if room == ROOM_OF_ROOMS and slash:
                found[f"{room}/{inner}"] = found.get(f"{room}/{inner}", 0) + lines
        return found

    @property
    def too_large(self) -> list[tuple[str, int, int]]:
        """Rooms and files over their limit: which, its lines, the limit."""
        limits = dict.fromkeys(self.lines, MOST_LINES_OF_A_FILE)
        for name in self.room_lines.keys() - {ROOM_OF_ROOMS}:
            limits[name] = MOST_LINES_OF_AN_INNER_ROOM if "/" in name else MOST_LINES_OF_A_ROOM
        sizes = {**self.lines, **self.room_lines}
        return [
            (name, sizes[name], limit)
            for name, limit in sorted(limits.items())
            if sizes[name] > limit
        ]


def drawn_order(root: Path) -> list[list[str]]:
    """The rooms from the top down; those on one level stand in one list."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers" and "containers" not in c)
    return [[room.strip() for room in layer.split("|")] for layer in layers]


def measure(root: Path, order: list[list[str]]) -> House:
    """Read every file of the rooms and of the tools below `root`."""
    packages = [*rooms(root), *([TOOLS] if (root / TOOLS).is_dir() else [])]
    files = imports.modules(root, packages)
    texts = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in files.values()
    }
    graph = imports.graph(files)
    between = imports.arrows(graph)
    return House(
        lines={name: _lines(text) for name, text in texts.items()},
        functions=[one for name, text in texts.items() for one in functions(text, name)],
        arrows=between,
        arrows_back=imports.arrows_back(between, order),
        circles=imports.circles(graph),
        test_lines=sum(_lines(path.read_text("utf-8")) for path in (root / "tests").rglob("*.py")),
    )


def _lines(text: str) -> int:
    return len(text.splitlines())


def describe(house: House, order: list[list[str]]) -> list[str]:
    """The lines that `make lint` prints."""
    drawn = [room for level in order for room in level]
    inner = {name: lines for name, lines in house.room_lines.items() if "/" in name}
    by_room: dict[str, list[int]] = {}
    for name, lines in house.lines.items():
        by_room.setdefault(name.partition("/")[0], []).append(lines)
    shown = [room for room in drawn if room in by_room] + sorted(by_room.keys() - set(drawn))
    product = sum(sum(sizes) for room, sizes in by_room.items() if room != TOOLS)
    found = ["rooms:"]
    found += [f"  {room:<12}{len(by_room[room]):>4} files{sum(by_room[room]):>7,} lines"
              for room in shown]  # fmt: skip
    found += [f"  {name:<24}{lines:>6,} lines" for name, lines in sorted(inner.items())]
    found += ["arrows:"]
    found += [f"  {room} → {', '.join(sorted(house.arrows[room], key=shown.index)) or 'nothing'}"
              for room in shown]  # fmt: skip
    found += [f"arrows back: {len(house.arrows_back)}"]
    found += [f"  {room} → {other}" for room, other in house.arrows_back]
    found += [f"circles of files: {len(house.circles)}"]
    found += [f"  {len(circle)} files: {', '.join(circle)}" for circle in house.circles]
    found += [f"too large: {len(house.too_large)}"]
    found += [f"  {name}: {lines:,} lines of {limit:,}" for name, lines, limit in house.too_large]
    found += _sizes(house)
    found += [f"tests: {house.test_lines:,} lines, {house.test_lines / max(product, 1):.2f} "
              "for one of the product"]  # fmt: skip
    return found


def _sizes(house: House) -> list[str]:
    sizes = list(house.lines.values())
    largest = sorted(house.lines.items(), key=lambda item: (-item[1], item[0]))[:LARGEST]
    lengths = [function.lines for function in house.functions]
    branched = max(house.functions, key=lambda function: function.complexity, default=None)
    found = [f"files: {len(sizes)}, p90 {percentile(sizes, 90)} lines; the largest:"]
    found += [f"  {lines:>4} {name}" for name, lines in largest]
    found += [f"functions: {len(lengths)}, p90 {percentile(lengths, 90)} lines, "
              f"longest {max(lengths, default=0)}"]  # fmt: skip
    if branched:
        found += [f"most branched: {branched.complexity} ({branched.place})"]
    return found


def main() -> int:
    """Print the house; 1 where it is not sound."""
    order = drawn_order(ROOT)
    house = measure(ROOT, order)
    print("\n".join(describe(house, order)))
    return 0 if house.is_sound else 1


if __name__ == "__main__":
    sys.exit(main())

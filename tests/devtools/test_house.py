"""The house is measured from its files: arrows back and circles are found wherever they hide."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import house, imports
from devtools.sizes import functions, percentile

ORDER = [["devtools"], ["upper"], ["lower", "beside"]]


def write(root: Path, **files: str) -> Path:
    """Write the files of a made-up project; two underscores in a name are a slash."""
    for name, text in files.items():
        path = root.joinpath(*name.split("__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        for folder in path.relative_to(root).parents[:-1]:
            (root / folder / "__init__.py").touch()
    return root


def test_a_house_without_faults_is_sound(tmp_path):
    root = write(
        tmp_path,
        upper__views="import json\nfrom lower.models import Case\nfrom . import forms\n",
        upper__forms="from lower import models\n",
        lower__models="class Case: ...\n",
        devtools__run="import upper.views\n",
        tests__test_views="import upper.views\nimport devtools.run\n",
    )

    found = house.measure(root, ORDER)

    assert found.is_sound
    assert found.arrows == {"devtools": {"upper"}, "upper": {"lower"}, "lower": set()}
    assert found.test_lines == 2


@pytest.mark.parametrize(
    "text",
    [
        "import lower.b\n",
        "from lower import b\n",
        "from . import b\n",
        "from .b import name\n",
        "def later():\n    from lower.b import name\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lower.b import name\n",
        "from lower.deeper.c import name\n",
    ],
)
def test_a_circle_is_found_however_it_is_imported(tmp_path, text):
    root = write(
        tmp_path,
        lower__a=text,
        lower__b="from lower.a import other\n",
        lower__deeper__c="from ..b import name\n",
        lower__alone="from lower.a import other\n",
    )

    found = house.measure(root, ORDER)

    assert not found.is_sound
    assert [set(circle) >= {"lower.a", "lower.b"} for circle in found.circles] == [True]
    assert "lower.alone" not in found.circles[0]


def test_a_package_that_imports_the_file_which_imports_it_is_a_circle(tmp_path):
    root = write(tmp_path, lower__models__cases="from lower.models import Base\n")
    (root / "lower" / "models" / "__init__.py").write_text("from .cases import Case\n")

    assert house.measure(root, ORDER).circles == [["lower.models", "lower.models.cases"]]


def test_two_circles_are_two_and_the_larger_is_first(tmp_path):
    root = write(
        tmp_path,
        lower__a="import lower.b\n",
        lower__b="import lower.a\n",
        upper__a="import upper.b, lower.a\n",
        upper__b="import upper.c\n",
        upper__c="import upper.a\n",
    )

    assert house.measure(root, ORDER).circles == [
        ["upper.a", "upper.b", "upper.c"],
        ["lower.a", "lower.b"],
    ]


@pytest.mark.parametrize(
    ("file", "text", "arrow"),
    [
        ("lower__a", "def later():\n    import upper.views\n", ("lower", "upper")),
        ("lower__a", "import beside.a\n", ("lower", "beside")),
        ("upper__a", "from devtools import run\n", ("upper", "devtools")),
        ("upper__a", "import unknown.a\n", ("upper", "unknown")),
    ],
)
def test_an_arrow_back_is_found(tmp_path, file, text, arrow):
    root = write(tmp_path, upper__views="", beside__a="", devtools__run="", unknown__a="")
    write(root, **{file: text})

    found = house.measure(root, ORDER)

    assert found.arrows_back == [arrow]
    assert not found.is_sound
    assert f"  {arrow[0]} → {arrow[1]}" in house.describe(found, ORDER)


def test_migrations_are_left_out(tmp_path):
    root = write(tmp_path, lower__a="", lower__migrations__first="import upper.views\n")
    write(root, upper__views="")

    assert house.measure(root, ORDER).arrows_back == []


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("upper__a", house.MOST_LINES_OF_A_FILE),
        ("sparring__cases__a", house.MOST_LINES_OF_A_FILE),
    ],
)
def test_a_file_over_its_limit_is_refused(tmp_path, name, most):
    root = write(tmp_path, **{name: "x = 1\n" * most})
    assert house.measure(root, ORDER).is_sound

    write(root, **{name: "x = 1\n" * (most + 1)})
    found = house.measure(root, ORDER)

    path = name.replace("__", "/") + ".py"
    assert found.too_large == [(path, most + 1, most)]
    assert not found.is_sound
    assert f"  {path}: {most + 1:,} lines of {most:,}" in house.describe(found, ORDER)


@pytest.mark.parametrize(
    ("folder", "most"),
    [
        ("upper", house.MOST_LINES_OF_A_ROOM),
        ("sparring/sessions", house.MOST_LINES_OF_AN_INNER_ROOM),
    ],
)
def test_a_room_over_its_limit_is_refused(tmp_path, folder, most):
    """The old state: `sparring/sessions` had 4,238 lines, `stories` 9,021."""
    parts = folder.replace("/", "__")
    files = {f"{parts}__f{number}": "x = 1\n" * 100 for number in range(most // 100)}
    root = write(tmp_path, **files)
    assert house.measure(root, ORDER).is_sound

    write(root, **{f"{parts}__domain__more": "x = 1\n"})
    found = house.measure(root, ORDER)

    assert found.too_large == [(folder, most + 1, most)]
    assert not found.is_sound


def test_the_room_of_rooms_is_as_large_as_its_rooms_are(tmp_path):
    rooms = [f"sparring__room{room}__f{number}" for room in range(3) for number in range(30)]
    root = write(tmp_path, **dict.fromkeys(rooms, "x = 1\n" * 100))

    found = house.measure(root, ORDER)

    assert found.room_lines["sparring"] == 9_000
    assert found.is_sound
    assert "  sparring/room0           3,000 lines" in house.describe(found, ORDER)


def test_functions_are_measured(tmp_path):
    source = "class A:\n    def f(self):\n        if 1:\n            return 2\n        return 3\n"
    root = write(tmp_path, lower__a=source)

    found = house.measure(root, ORDER)

    assert [(f.place, f.lines, f.complexity) for f in found.functions] == [
        ("lower/a.py:2 f", 4, 2),
    ]
    assert "functions: 1, p90 4 lines, longest 4" in house.describe(found, ORDER)


def test_branches_are_counted():
    source = (
        "def f(x):\n"
        "    for a in x:\n"
        "        while a:\n"
        "            try:\n"
        "                a = 1 if a else 2\n"
        "            except ValueError:\n"
        "                pass\n"
        "    return [b for b in x]\n"
    )

    assert [one.complexity for one in functions(source, "f.py")] == [6]


@pytest.mark.parametrize(
    ("values", "expected"), [([], 0), ([7], 7), (list(range(1, 11)), 9), ([5, 1, 3], 5)]
)
def test_percentile(values, expected):
    assert percentile(values, 90) == expected


def test_the_order_is_the_one_that_import_linter_holds(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        "[[tool.importlinter.contracts]]\n"
        'type = "layers"\ncontainers = ["upper"]\nlayers = ["views"]\n'
        "[[tool.importlinter.contracts]]\n"
        'type = "layers"\nlayers = ["upper", "lower | beside"]\n'
    )

    assert house.drawn_order(tmp_path) == [["upper"], ["lower", "beside"]]


def test_an_import_of_a_package_is_its_init(tmp_path):
    root = write(tmp_path, lower__models__cases="", lower__a="from lower import models\n")
    files = imports.modules(root, ["lower"])

    assert imports.graph(files)["lower.a"] == {"lower.models"}

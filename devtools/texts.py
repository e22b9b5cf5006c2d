"""The Danish catalogue: source strings are English, `locale/da` holds every one in Danish.

python -m devtools.texts extract   collect the source strings into locale/da, keep the Danish
python -m devtools.texts compile   write the .mo files (needs no gettext on the machine)
python -m devtools.texts check     fail where a string is missing, fuzzy or out of date, or where
                                   its placeholders differ in Danish or are never filled in

Collecting and compiling are pybabel's; where it looks is `[tool.babel]` in pyproject.toml.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

from devtools import ROOT, placeholders, rooms

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

CATALOGUES = (("locale", "django"), ("locale_wagtail", "django"), ("locale_wagtail", "djangojs"))
CATALOGUE = ROOT / "locale" / "da" / "LC_MESSAGES" / "django.po"
LAZY = ("gettext_lazy", "gettext_noop", "ngettext_lazy:1,2", "pgettext_lazy:1c,2",
        "npgettext_lazy:1c,2,3")  # fmt: skip
WIDTH = "--width=98"


def _pybabel(*arguments: str) -> int:
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def _folders() -> list[str]:
    return [*rooms(), "templates"]


def _extract_into(template: Path) -> int:
    """Write today's source strings, sorted: two catalogues differ only where their texts do."""
    keywords = [f"--keyword={name}" for name in LAZY]
    return _pybabel(
        "extract", "--mapping-file=pyproject.toml", *keywords, "--add-comments=Translators:",
        "--no-location", "--sort-output", WIDTH, f"--output-file={template}", *_folders(),
    )  # fmt: skip


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="da", charset="utf-8")


def source() -> Catalog:
    """Every source string of the code and the templates."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        if _extract_into(template) != 0:
            raise SystemExit("The source strings could not be collected; the lines above say why.")
        return _read(template)


def danish() -> Catalog:
    """The catalogue as it stands."""
    return _read(CATALOGUE)


def extract() -> int:
    """Bring the catalogue up to date with the source; say what has no Danish yet.

    A text that is nearly an old one takes over its Danish, marked fuzzy and with the old English
    above it. It is not shown to anybody until the mark is taken away.
    """
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "django.pot"
        failed = _extract_into(template) or _pybabel(
            "update", "--locale=da", f"--input-file={template}", f"--output-file={CATALOGUE}",
            "--previous", "--ignore-obsolete", "--ignore-pot-creation-date", WIDTH,
        )  # fmt: skip
    if failed:
        return failed
    untranslated = missing(danish())
    for text in untranslated:
        print(f"no Danish yet, or taken over and to be read: {text}")
    print(f"{len(danish())} strings, {len(untranslated)} without Danish")
    return 0


def compile_() -> int:
    """Write the .mo file beside every catalogue."""
    return max(
        _pybabel("compile", f"--domain={domain}", f"--directory={folder}")
        for folder, domain in CATALOGUES
    )


def missing(catalogue: Catalog) -> list[str]:
    """The source strings without Danish."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not is_translated(message.string))
    ]


def is_translated(string: object) -> bool:
    """Whether every form of a text has its Danish."""
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def unfilled() -> list[str]:
    """Where a text with a placeholder goes to the screen as it is: file, line and text."""
    found = []
    for folder in _folders():
        for path in sorted((ROOT / folder).rglob("*.*")):
            look = _look_at(path)
            for line, text in look(path.read_text()) if look else []:
                found.append(f"{path.relative_to(ROOT)}:{line} {text}")
    return found


def _look_at(path: Path) -> Callable[[str], list[tuple[int, str]]] | None:
    if path.suffix == ".py" and "migrations" not in path.parts:
        return placeholders.unfilled
    is_template = path.suffix in (".html", ".txt") and "templates" in path.parts
    return placeholders.unfilled_in_template if is_template else None


def check() -> int:
    """Compare with today's source; every string must be there, in Danish."""
    catalogue = danish()
    here = {(str(m.id), m.context) for m in catalogue if m.id}
    wanted = {(str(m.id), m.context) for m in source() if m.id}
    problems = [f"not in the catalogue (make messages): {text}" for text, _ in wanted - here]
    problems += [f"no longer used (make messages): {text}" for text, _ in here - wanted]
    problems += [f"no Danish, or still marked fuzzy: {text}" for text in missing(catalogue)]
    problems += [f"other placeholders in Danish: {t}" for t in placeholders.differing(catalogue)]
    problems += [f"never filled in: {place}" for place in unfilled()]
    for problem in sorted(problems):
        print(problem)
    print(f"{len(here)} strings, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    commands = {"extract": extract, "compile": compile_, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        print(__doc__)
        raise SystemExit(2)
    raise SystemExit(commands[sys.argv[1]]())

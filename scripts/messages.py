"""The Danish catalogue: source strings are English, `locale/da` holds every one in Danish.

python scripts/messages.py compile   write the .mo files (needs no gettext on the machine)
python scripts/messages.py extract   collect the source strings into locale/da, keep the texts
python scripts/messages.py check     fail where a string is missing, fuzzy or out of date, or where
                                     its placeholders differ in Danish or are never filled in
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts import placeholders  # noqa: E402

APPS = (
    "insight",
    "sparring",
    "stories",
    "kb",
    "search",
    "people",
    "privacy",
    "matching",
    "renewal",
    "templates",
)
CATALOGUE = ROOT / "locale" / "da" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# Without dates, so that two people's catalogues differ only where the texts do.
HEADER = """# The Danish texts of Sparringsrummet. `make messages` keeps it true; MPL-2.0.
msgid ""
msgstr ""
"Language: da\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
METHODS = [
    ("**/migrations/**.py", "ignore"),
    ("**.py", "python"),
    ("**.html", "scripts.django_templates:extract"),
    ("**.txt", "scripts.django_templates:extract"),
]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="da", charset="utf-8")


def _extracted() -> Catalog:
    """Every source string of the code and the templates."""
    catalogue = Catalog(locale="da", project="Sparringsrummet", charset="utf-8")
    for app in APPS:
        found = extract_from_dir(
            ROOT / app, method_map=METHODS, keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, message, comments, context in found:
            catalogue.add(
                message, None, [(f"{app}/{name}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def _known() -> Catalog:
    """The catalogue as it stands; an empty one where there is none."""
    return _read(CATALOGUE) if CATALOGUE.exists() else Catalog(locale="da", charset="utf-8")


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


def merged() -> Catalog:
    """The source strings of today with the Danish texts known for them."""
    catalogue = _extracted()
    for message in _known():
        if not message.id or not _is_translated(message.string) or message.fuzzy:
            continue
        mine = catalogue.get(message.id, message.context)
        if mine is not None:
            mine.string = message.string
    return catalogue


def missing(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and not _is_translated(m.string)]


def extract() -> int:
    catalogue = merged()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, sort_output=True, width=98, no_location=True, omit_header=True)
    untranslated = missing(catalogue)
    for text in untranslated:
        print(f"no Danish yet: {text}")
    print(f"{len(catalogue)} strings, {len(untranslated)} without Danish")
    return 0


def compile_() -> int:
    catalogue = Catalog(locale="da", charset="utf-8")
    for message in _known():
        if message.id and _is_translated(message.string) and not message.fuzzy:
            catalogue.add(message.id, message.string, context=message.context)
    target = CATALOGUE.with_suffix(".mo")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return 0


def unfilled() -> list[str]:
    """Where a text with a placeholder goes to the screen as it is: file, line and text."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.*")):
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
    known = _read(CATALOGUE)
    here = {(str(m.id), m.context) for m in known if m.id}
    wanted = {(str(m.id), m.context): m for m in _extracted() if m.id}
    problems = [f"not in the catalogue (make messages): {key[0]}" for key in wanted.keys() - here]
    problems += [f"no longer used (make messages): {key[0]}" for key in here - wanted.keys()]
    problems += [f"no Danish: {text}" for text in missing(known)]
    problems += [f"other placeholders in Danish: {text}" for text in placeholders.differing(known)]
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

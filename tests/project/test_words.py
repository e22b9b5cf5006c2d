"""One word for each idea in every Danish text that somebody can read, and Danish quotation marks.

The words are those of docs/glossary.md. Read here: our catalogue, the content that the product
brings along, what templates and code say in Danish themselves, and the libraries' translations.
"""

from __future__ import annotations

import ast
import csv
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import pytest
import wagtail
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import trans_real

ROOT = Path(settings.BASE_DIR)
NOT_ON_SCREEN = {"tests", "scripts", "devtools", "docs", "static", "node_modules", "var"}
ROOMS = [
    path
    for path in sorted(ROOT.iterdir())
    if path.is_dir() and path.name[0] not in "._" and path.name not in NOT_ON_SCREEN
]
# Where the facts of the content come from: the sources word for word. Only tests read it.
SOURCES_WORD_FOR_WORD = ROOT / "demo_content" / "facts.json"

RETIRED = {
    r"tovholder": "sparringskoordinator, koordinatoren",
    r"rådgiver": "sagsbehandler",
    r"udkast|skitse": "kladde",
    r"password|kodeord": "adgangskode",
    r"\be-?mail": "mail",
    r"notifikation": "besked",
    r"\bafdelings?\b|\b(?:sparrings?|sags) (?:koordinator|leder|bringer|behandler|kode)":
        "din sparringskoordinator; and such words in one",
    r"gruppesparring": "fælles sparring",
    r"sparringspartner": "kollega",
    r"sparringsønske": "ønske om sparring",
    r"onlinemøde": "onlinelink, online",
    r"\bmoderator": "læser",
    r"\btag(?:e|er|es|et)?\b(?:\s+\w+){0,4}\s+tilbage\b": "træk tilbage",
    r"\btag(?:e|er|es|et)?\b(?:\s+\w+){0,3}\s+ud\b": "fjern, træk tilbage",
    r"\blog(?:ge|get|ger|gede)? af\b": "log ud",
    r"lav og alene": "ingen har set med",
    r"kopieret tal": "samme tal igen",
    r'["“”„]': "»…«",
}  # fmt: skip
# Other people than the one who has the case.
OTHER_PROFESSIONS = re.compile(r"databeskyttelsesrådgiver", re.IGNORECASE)
MARKUP = re.compile(r"<[^>]*>|&\w+;|&#\d+;|%\(\w+\)[sd]|\{\w*\}")
DANISH = re.compile(r"[æøå]|\b(?:og|det|den|ikke|hvad|som|til|hos|vi|en|et)\b", re.IGNORECASE)


def retired_words(text: str) -> list[str]:
    """What a text should not say, each with what it should say instead."""
    plain = OTHER_PROFESSIONS.sub("", MARKUP.sub(" ", text))
    return [
        f"{found[0]} → {instead}"
        for word, instead in RETIRED.items()
        if (found := re.search(word, plain, re.IGNORECASE))
    ]


def refused(texts: Iterator[tuple[str, str]]) -> list[str]:
    """The texts with a retired word, and where they stand."""
    return [f"{place}: {text} ({', '.join(found)})" for place, text in texts
            if (found := retired_words(text))]  # fmt: skip


def files(*endings: str, rooms: list[Path] = ROOMS) -> Iterator[Path]:
    for room in rooms:
        for path in sorted(room.rglob("*.*")):
            if path.suffix in endings and path.is_file():
                yield path


# Where texts stand.


def catalogue_texts() -> Iterator[tuple[str, str]]:
    """Every Danish text of our catalogues."""
    for path in sorted(ROOT.glob("locale*/da/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale="da")
        for message in catalogue:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            yield from ((str(message.id), form) for form in forms if message.id)


def values_of(value: object) -> Iterator[str]:
    """Every string in what a JSON file holds; keys are ours and never shown."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from values_of(inner)


def content_texts() -> Iterator[tuple[str, str]]:
    """What the product brings along as data: knowledge, stories, demo cases, charts."""
    for path in files(".json", ".csv"):
        if path == SOURCES_WORD_FOR_WORD:
            continue
        text = path.read_text()
        if path.suffix == ".json":
            found = values_of(json.loads(text))
        else:
            found = (cell for row in csv.reader(text.splitlines(), delimiter=";") for cell in row)
        yield from ((path.name, value) for value in found)


SOURCE_STRING = re.compile(
    r"(?s){%\s*(blocktrans\w*|comment)\b.*?{%\s*end\1\s*%}|{%.*?%}|{{.*?}}|{#.*?#}|<!--.*?-->"
    r"|<(script|style|svg)\b.*?</\2>"
)


def literal_texts(source: str) -> str:
    """What a template says itself: without its tags and its English source strings."""
    heard = re.findall(r'(?:alt|aria-label|placeholder|title)="([^"{]*)"', source)
    said = re.findall(r'\b(?:text|heading|title|legend|hint|finding|label)="([^"]*)"', source)
    return " ".join([MARKUP.sub(" ", SOURCE_STRING.sub(" ", source)), *heard, *said])


def template_texts() -> Iterator[tuple[str, str]]:
    """Danish that a template says without the catalogue (the gallery of components does)."""
    for path in files(".html", ".txt"):
        if "templates" in path.parts:
            for line in literal_texts(path.read_text()).splitlines():
                if DANISH.search(line):
                    yield path.name, " ".join(line.split())


QUOTES_ALONE = re.compile(r"\W*[“”„]\.[“”„]\W*$")
TRANSLATES = re.compile(r"^(?:_|n?p?gettext(?:_lazy|_noop)?)$")


def danish_in_code(source: str) -> Iterator[str]:
    """Danish strings of a module: no docstrings, patterns and English source strings."""
    tree = ast.parse(source)
    skipped: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if TRANSLATES.match(name) or name in ("compile", "search", "match", "sub", "findall"):
                skipped.update(ast.walk(node))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(node.value)
    for node in ast.walk(tree):
        text = _said_by(node) if node not in skipped else ""
        if (DANISH.search(text) and " " in text.strip()) or QUOTES_ALONE.match(text):
            yield text


def _said_by(node: ast.AST) -> str:
    """A string, or an f-string with a dot for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_said_by(part) or "." for part in node.values)
    said = node.value if isinstance(node, ast.Constant) else ""
    return said if isinstance(said, str) else ""


def code_texts() -> Iterator[tuple[str, str]]:
    """Danish that code says itself: demo data, names of invented people and places."""
    for path in files(".py"):
        if "migrations" not in path.parts:
            for text in danish_in_code(path.read_text()):
                yield path.name, text


@pytest.mark.parametrize("texts", [catalogue_texts, content_texts, template_texts, code_texts])
def test_no_text_says_a_retired_word(texts):
    found = list(texts())

    assert len(found) > 10
    assert refused(iter(found)) == []


# What the source strings say: whoever reads the code meets them before the Danish.

RETIRED_ENGLISH = re.compile(r"\b(?:wish(?:es|ed)?|mend(?:s|ed|ing)?|talks?)\b", re.IGNORECASE)
# What a citizen wants, and a conversation with one, are neither a request nor a session.
OF_THE_CITIZEN = {
    "The citizen's own wish",
    "The citizen's wish",
    "Dilemmas to talk about",
    "How did you talk last?",
    "How did you talk?",
    "Strength talk",
    "Talk about work",
    "Talk with the citizen",
    "Walk or phone talk",
    "Write to us with questions, or ask us to come by and talk about the theme.",
}


def test_no_source_string_says_a_retired_word():
    path = ROOT / "locale" / "da" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        ids = [message.id for message in read_po(file, locale="da") if message.id]
    sources = {text for found in ids for text in ([found] if isinstance(found, str) else found)}

    assert len(sources) > 1000
    assert {text for text in sources if RETIRED_ENGLISH.search(text)} - OF_THE_CITIZEN == set()


# What the libraries say.

SITE_PACKAGES = Path(wagtail.__file__).parent.parent
# Their own pages are never shown.
REPLACED = {
    Path(allauth.__file__).parent: "our templates; tests/people/test_login_texts.py walks them",
    Path(django.__file__).parent / "contrib" / "admin": "it has no address here",
    Path(django.__file__).parent / "contrib" / "admindocs": "not installed",
    Path(django.__file__).parent / "contrib" / "flatpages": "not installed",
    Path(django.__file__).parent / "contrib" / "gis": "not installed",
    Path(django.__file__).parent / "contrib" / "sites": "not installed",
}
# Passwords are changed at our own addresses: kb/settings/base.py turns Wagtail's off.
LIBRARY_LOGIN = re.compile(r"password|Check your email", re.IGNORECASE)


def their_texts() -> Iterator[tuple[str, str]]:
    """What is shown for each source string of the libraries: our word for it, or theirs."""
    shown = trans_real.translation("da")
    for path in sorted(SITE_PACKAGES.rglob("locale/da/LC_MESSAGES/django.mo")):
        if path.parents[3] in REPLACED:
            continue
        with path.open("rb") as file:
            theirs = gettext.GNUTranslations(file)._catalog
        for source in {key[0] if isinstance(key, tuple) else key for key in theirs} - {""}:
            if not LIBRARY_LOGIN.search(source):
                context, _mark, text = source.rpartition("\x04")
                said = shown.pgettext(context, text) if context else shown.gettext(text)
                yield path.parents[3].name, said


def test_what_the_libraries_say_has_no_retired_word():
    """Quotation marks are left to them: they stand in complaints that no form here shows."""
    found = [(place, re.sub(r'["“”„]', "", text)) for place, text in their_texts()]

    assert len(found) > 500
    assert refused(iter(found)) == []


# The check itself.


@pytest.mark.parametrize(
    "text",
    [
        "Din tovholder læser sagerne ind.",
        "Den nye rådgiver har sagen.",
        "Lav et udkast",
        "Skriv dit password",
        "Skriv din e-mailadresse",
        "Send en email",
        "Bed din afdelings koordinator om adgang.",
        "Bed din sparrings koordinator om adgang.",
        "Du har en gruppesparring.",
        "Tag historien tilbage først",
        "Hver del kan tages tilbage for sig.",
        "Alderen står også i teksten: tag den ud dér.",
        "Log af",
        'Vælg "Gem"',
        "Vælg “Gem”",
        '<a class="x">"Gem"</a>',
    ],
)
def test_a_retired_word_is_refused(text):
    assert refused(iter([("here", text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Databeskyttelsesrådgiver",
        "Gældsrådgivning",
        '<a href="/sager/">Vælg »Gem«</a>',
        "Kladden er slettet. Træk den tilbage. Du har fået en mail.",
    ],
)
def test_what_is_right_is_not(text):
    assert retired_words(text) == []


def test_the_danish_of_templates_and_code_is_found():
    template = '{% translate "“Own” draft" %}<p title="Et udkast">Din tovholder</p>{{ "x" }}'
    module = '"""Et "udkast"."""\nA = _("“Own” er")\nB = "Den nye rådgiver er her"\nC = f"“{A}”"\n'

    assert len(retired_words(literal_texts(template))) == 2
    assert list(danish_in_code(module)) == ["Den nye rådgiver er her", "“.”"]


@pytest.mark.parametrize(
    ("label", "danish"),
    [
        ("Old bid", "Gammelt bud"),
        ("Nobody has looked along", "Ingen har set med"),
        ("Same number again", "Samme tal igen"),
    ],
)
def test_labels_that_a_citizen_may_read_speak_of_the_record(label, danish):
    assert trans_real.translation("da").pgettext("renewal rule", label) == danish

"""Diagrams written from the code: states from StateTable, models from Django's registry.

Mermaid's text, which GitHub and most editors draw. `python -m devtools.diagrams` writes the files;
with --check it only says whether they are up to date.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import django
from django.apps import AppConfig, apps
from django.db.models import Field, ManyToManyField, Model, OneToOneField

from devtools import ROOT
from kb.states import StateTable, Step

WRITTEN = "<!-- Written by `python -m devtools.diagrams`. Change the code, not this file. -->"
# From what people meet first to what carries it.
APPS = ("sparring", "stories", "events", "kb", "people", "search", "privacy")


def documents() -> dict[str, str]:
    """The files of docs/diagrams/, by name."""
    return {"states.md": _states(), "domain.md": _domain()}


def tables() -> list[type[StateTable]]:
    """The tables of all apps, which write them in their `states.py`."""
    names = (f"{app}.states" for app in APPS)
    modules = [import_module(name) for name in names if find_spec(name)]
    found = (value for module in modules for value in vars(module).values())
    own = {one for one in found if isinstance(one, type) and issubclass(one, StateTable)}
    return sorted(own - {StateTable}, key=lambda table: table.title)


def _states() -> str:
    parts = ["# States", WRITTEN, "What each word means: [glossary](../glossary.md)."]
    return "\n\n".join([*parts, *map(state_diagram, tables())]) + "\n"


def state_diagram(table: type[StateTable]) -> str:
    """Heading, sentence and diagram; a step that leaves the state as it is is not drawn."""
    states = [str(state.value) for state in table.states]
    lines = ["stateDiagram-v2", *(f"  {state}" for state in states)]
    lines += chain.from_iterable(_arrows(step) for step in table.steps())
    ends = [state for state in states if not any(_leaves(step, state) for step in table.steps())]
    lines += [f"  {state} --> [*]" for state in ends]
    about = " ".join((table.__doc__ or "").split())
    return f"## {table.title}\n\n{about}\n\n{_mermaid(lines)}"


def _arrows(step: Step) -> Iterator[str]:
    for source in step.sources or ("[*]",):
        if source != step.target:
            yield f"  {source} --> {step.target}: {step.happens}"


def _leaves(step: Step, state: str) -> bool:
    return step.starts_from(state) and step.target != state


def _domain() -> str:
    parts = [
        "# Models",
        WRITTEN,
        "An arrow's words are the field that points. `||` is exactly one, `|o` one or none, `o{`"
        " any number. A name with a dot lives in another app.",
    ]
    return (
        "\n\n".join([*parts, *(_app_diagram(apps.get_app_config(label)) for label in APPS)]) + "\n"
    )


def _app_diagram(app: AppConfig) -> str:
    models = sorted(app.get_models(), key=lambda model: model.__name__)
    lines = ["erDiagram", *(f"  {model.__name__}" for model in models)]
    lines += chain.from_iterable(relations(model) for model in models)
    rows = [f"| `{model.__name__}` | {_first_line(model)} |" for model in models]
    table = "\n".join(["| Model | What it is |", "|---|---|", *rows])
    return f"## {app.label}\n\n{_mermaid(lines)}\n\n{table}"


def relations(model: type[Model]) -> Iterator[str]:
    """What this model points to, among our own models."""
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    for field in own:
        target = field.related_model
        if not isinstance(target, type) or target._meta.app_label not in APPS:
            continue
        name = target.__name__
        if target._meta.app_label != model._meta.app_label:
            name = f'"{target._meta.app_label}.{name}"'
        yield f"  {name} {_cardinality(field)} {model.__name__} : {field.name}"


def _cardinality(field: Field) -> str:
    if isinstance(field, ManyToManyField):
        return "}o--o{"
    one = "|o" if field.null else "||"
    return f"{one}--{'o|' if isinstance(field, OneToOneField) else 'o{'}"


def _first_line(model: type[Model]) -> str:
    """The model's docstring, where it has one; Django writes "Name(field, …)" for the others."""
    said = (model.__doc__ or "").strip().split("\n")[0]
    return "" if said.startswith(f"{model.__name__}(") else said.replace("|", "\\|")


def _mermaid(lines: Iterable[str]) -> str:
    return "\n".join(["```mermaid", *lines, "```"])


def write(*, check: bool) -> int:
    """Write the files that are out of date; with `check` only name them, and 1 if there are any."""
    folder = ROOT / "docs" / "diagrams"
    texts = documents()
    old = [name for name in texts if _read(folder / name) != texts[name]]
    if check and old:
        print(f"Out of date: {', '.join(old)}. Run python -m devtools.diagrams.")
        return 1
    for name in old:
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(texts[name], encoding="utf-8")
        print(f"docs/diagrams/{name}")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings.development")
    django.setup()
    sys.exit(write(check="--check" in sys.argv))

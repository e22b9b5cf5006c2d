"""Every verb that takes an actor writes an audit entry, itself or through another verb."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Wagtail's own publishing sends the signal that audits it, in the admin too (kb/signals.py).
BY_SIGNAL = ["kb.evidence.publish_evidence_card", "kb.figures.publish_key_figure"]
# What somebody types is nothing they did yet; sending it is, and that verb audits it.
NOTHING_DONE_YET = ["form_drafts.drafts.drop_draft", "form_drafts.drafts.keep_draft"]
APPS = (
    "form_drafts",
    "people",
    "search",
    "sources",
    "content_check",
    "kb",
    "articles",
    "events",
    "story_library",
    "guideposts",
    "open_half",
    "learning",
    "document_import",
    "stories",
    "sparring",
    "insight",
)


def _functions() -> dict[str, tuple[ast.FunctionDef, str]]:
    found: dict[str, tuple[ast.FunctionDef, str]] = {}
    for app in APPS:
        for path in sorted((ROOT / app / "domain").glob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef):
                    found[f"{app}.{path.stem}.{node.name}"] = (node, path.stem)
    return found


def _called(function: ast.FunctionDef) -> set[str]:
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            target = node.func
            names.add(
                target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")
            )
    return names


def test_every_verb_with_an_actor_is_audited():
    functions = _functions()
    by_name: dict[str, set[str]] = {}
    for node, _ in functions.values():
        by_name.setdefault(node.name, set()).update(_called(node))
    audited = {"record"}
    while True:
        more = {name for name, calls in by_name.items() if calls & audited} - audited
        if not more:
            break
        audited |= more

    silent = sorted(
        name
        for name, (node, _) in functions.items()
        if not node.name.startswith("_")
        and "actor" in {argument.arg for argument in node.args.kwonlyargs}
        and node.name not in audited
    )

    assert len(functions) > 50
    assert silent == NOTHING_DONE_YET + BY_SIGNAL

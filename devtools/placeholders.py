"""Placeholders of texts on screen: the same in Danish, always filled in. Used by devtools.texts.

A placeholder that nobody fills in is shown as it is: "Du har %(most)d kalendere allerede".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]\b|%%|\{\w*\}")
FUNCTIONS = {
    f"{prefix}gettext{suffix}" for prefix in ("", "n", "p", "np") for suffix in ("", "_lazy")
} | {"_"}
# A text in one of these is still the same text.
WRAPPERS = (
    ast.IfExp, ast.BoolOp, ast.Dict, ast.List, ast.Tuple, ast.Subscript, ast.NamedExpr, ast.Lambda
)  # fmt: skip
TRANSLATE = re.compile(r"(data-[\w-]+=\")?\{%\s*translate\s+(\"[^\"]*\"|'[^']*')")
Parents = dict[ast.AST, ast.AST]


def differing(catalogue: Catalog) -> list[str]:
    """Source strings whose Danish has other placeholders."""
    return [str(message.id) for message in catalogue if message.id and not _agrees(message)]


def _agrees(message: Message) -> bool:
    """One may be left out where the source has two forms: "en besked", "%(count)d beskeder"."""
    if not isinstance(message.id, (list, tuple)):
        return _names(str(message.id)) == _names(str(message.string))
    one, many = (_names(text) for text in message.id)
    *few, rest = (_names(text) for text in message.string or ())
    return rest == many and all(form <= one | many for form in few)


def _names(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def unfilled(source: str) -> list[tuple[int, str]]:
    """(line, text) of Python's translated texts whose placeholders nothing fills in.

    Filled in are `_("…") % values`, `_("…").format(…)`, `format_lazy(_("…"), …)`, and a text kept
    in a variable, or in a dictionary there, that is filled in within the same function or file.
    """
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return [
        (call.lineno, text)
        for call, text in _texts(tree)
        if PLACEHOLDER.search(text) and not _is_filled(call, parents)
    ]


def unfilled_in_template(source: str) -> list[tuple[int, str]]:
    """The same for a template: `translate` fills in nothing, `blocktranslate` does.

    A text in a data- attribute is left alone: a script fills it in.
    """
    return [
        (source.count("\n", 0, found.start()) + 1, found[2])
        for found in TRANSLATE.finditer(source)
        if not found[1] and PLACEHOLDER.search(found[2])
    ]


def _texts(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in FUNCTIONS:
            strings = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            yield node, " ".join(text for text in strings if isinstance(text, str))


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _is_filled(text: ast.AST, parents: Parents) -> bool:
    node = text
    while isinstance(parents[node], WRAPPERS):
        node = parents[node]
    above = parents[node]
    if isinstance(above, ast.BinOp) and isinstance(above.op, ast.Mod):
        return above.left is node
    if isinstance(above, ast.Attribute):
        return above.attr == "format"
    if isinstance(above, ast.Call) and _name(above.func) == "ValidationError":
        return node is text and any(word.arg == "params" for word in above.keywords)
    if isinstance(above, ast.Call) and _name(above.func) == "format_lazy":
        return above.args[0] is node
    if isinstance(above, (ast.Assign, ast.AnnAssign)):
        targets = above.targets if isinstance(above, ast.Assign) else [above.target]
        return all(_filled_later(_name(target), above, parents) for target in targets)
    return False


def _filled_later(name: str, node: ast.AST, parents: Parents) -> bool:
    while not isinstance(node, (ast.FunctionDef, ast.Module)):
        node = parents[node]
    return any(_fills(row, name) for row in ast.walk(node))


def _fills(node: ast.AST, name: str) -> bool:
    """Whether it is `name % …`, `name[…] % …`, `name[…]() % …` or `name.format(…)`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        left = node.left.func if isinstance(node.left, ast.Call) else node.left
        left = left.value if isinstance(left, ast.Subscript) else left
        return isinstance(left, ast.Name) and left.id == name
    return isinstance(node, ast.Attribute) and node.attr == "format" and _name(node.value) == name

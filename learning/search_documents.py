"""How methods, their roots, modules and training programmes are found: by who is logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from kb.guidepost_tags import fetch_guidepost, with_guidepost
from learning.models import Method, Module, Programme, Root
from search.engines.base import Document
from search.registry import DocumentSource, register

if TYPE_CHECKING:
    from django.db import models

    from kb.models.approved import ApprovedContent

LOGIN = frozenset({"login"})


def _document(item: Any, title: str, *texts: str, topics: tuple[str, ...] = ()) -> Document:
    body = "\n".join(text for text in texts if text)
    url = item.get_absolute_url()
    return Document(id="", type="", title=title, body=body, url=url, acl=LOGIN, topics=topics)


def _readable(model: type[ApprovedContent]) -> Callable[[Any, list[str]], Iterable[Any]]:
    def visible(user: Any, pks: list[str]) -> Iterable[Any]:
        if not user.is_authenticated:
            return []
        return model.objects.shown().filter(pk__in=pks).values_list("pk", flat=True)

    return visible


def _all_of(model: type[ApprovedContent]) -> Callable[[], models.QuerySet[Any]]:
    return lambda: fetch_guidepost(model.objects.shown())


def method_document(method: Method) -> Document:
    """A method, found by its steps and by when to use it and when not."""
    themes = method.themes.filter(live=True).order_by("number")
    return _document(
        method,
        method.name,
        method.purpose,
        method.when,
        method.when_not,
        method.steps,
        topics=tuple(themes.values_list("nav_title", flat=True)),
    )


def root_document(root: Root) -> Document:
    """A root, found by its explanation."""
    return _document(root, root.name, root.explanation)


def module_document(module: Module) -> Document:
    """A module, found by its goals and by who may take it."""
    return _document(module, module.name, module.goals, module.who_may_take)


def programme_document(programme: Programme) -> Document:
    """A level of a training programme, found by its modules and its note."""
    modules = programme.programme_modules.filter(module__live=True).values_list(
        "module__name", flat=True
    )
    return _document(programme, str(programme), *modules, programme.note)


KINDS: tuple[tuple[str, Any, Any, type[ApprovedContent], Callable[[Any], Document]], ...] = (
    ("method", _("Method"), _("Methods"), Method, method_document),
    ("root", _("Root of methods"), _("Roots of methods"), Root, root_document),
    ("module", _("Module"), _("Modules"), Module, module_document),
    (
        "programme",
        _("Training programme"),
        _("Training programmes"),
        Programme,
        programme_document,
    ),
)
for name, label, label_plural, model, build in KINDS:
    register(
        DocumentSource(
            type=name,
            label=label,
            label_plural=label_plural,
            model=model,
            build=with_guidepost(build),
            queryset=_all_of(model),
            visible=_readable(model),
        )
    )

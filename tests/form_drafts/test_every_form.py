"""Every form with more than one field is kept while it is written, or says why it is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver

from people.domain_form_view import DomainFormView
from people.domain_forms_view import DomainFormsView

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# A template's own parts; what an include is called with does not matter here.
PART = re.compile(r"""{%\s*(?:extends|include)\s+"([^"]+)\"""")
ABOVE, WITHIN = "components/form_draft.html", "components/form_draft_fields.html"
SAVES = "{% if form_draft %} data-autosave"


def view_classes() -> Iterator[type]:
    """What the addresses lead to."""
    waiting = [get_resolver()]
    while waiting:
        for pattern in waiting.pop().url_patterns:
            if isinstance(pattern, URLPattern):
                found = getattr(pattern.callback, "view_class", None)
                if found is not None:
                    yield found
            else:
                waiting.append(pattern)


@cache
def whole_source(name: str) -> str:
    """A template's source and that of all its parts."""
    source = Path(get_template(name).template.origin.name).read_text(encoding="utf-8")
    ours = [part for part in PART.findall(source) if (TEMPLATES / part).is_file()]
    return source + "".join(map(whole_source, ours))


def has_one_field(view: type[DomainFormView]) -> bool:
    """Whether the form's fields are written down, and are one at most."""
    form = view.form_class
    return form is not None and "__init__" not in vars(form) and len(form.base_fields) <= 1


ONE_FORM = sorted(
    {view for view in view_classes() if issubclass(view, DomainFormView)},
    key=lambda view: f"{view.__module__}.{view.__name__}",
)
SEVERAL = sorted(
    {view for view in view_classes() if issubclass(view, DomainFormsView)},
    key=lambda view: f"{view.__module__}.{view.__name__}",
)


def test_the_pages_are_found():
    assert len(ONE_FORM) > 40
    assert len(SEVERAL) >= 3


@pytest.mark.parametrize("view", ONE_FORM, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_a_form_is_kept_or_says_why_not(view):
    if view.not_kept or has_one_field(view):
        return
    source = whole_source(view.template_name)

    assert ABOVE in source
    assert WITHIN in source
    assert SAVES in source


@pytest.mark.parametrize("view", SEVERAL, ids=lambda view: f"{view.__module__}.{view.__name__}")
def test_each_form_of_a_page_is_kept_or_says_why_not(view):
    source = whole_source(view.template_name)

    for name, form in view.form_classes.items():
        if name in view.not_kept or len(form.base_fields) <= 1:
            continue
        assert f"{name}_draft" in source, name


@pytest.mark.parametrize("view", [*ONE_FORM, *SEVERAL], ids=lambda view: view.__name__)
def test_a_reason_is_a_sentence(view):
    reasons = [view.not_kept] if isinstance(view.not_kept, str) else view.not_kept.values()

    assert [reason for reason in reasons if reason and not reason.endswith(".")] == []

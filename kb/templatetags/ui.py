"""Template tags of the shared components (docs/frontend.md lists them with their parameters)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms, template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.tools import tools_of
from people.models import Employee
from people.roles import Right
from renewal.scale import BELIEF_WORDS, HIGHEST_VALUE

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.forms.boundfield import BoundField
    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()

# Label, URL name or plain path of the main sections, in the order of the header.
CASES = "sparring:case_list"
SECTIONS = (
    (gettext_lazy("Overview"), "overview"),
    (gettext_lazy("Cases"), CASES),
    (gettext_lazy("Stories"), "stories:index"),
    (gettext_lazy("Sparring"), "sparring:index"),
    (gettext_lazy("Themes"), "/temaer/"),
    (gettext_lazy("Figures"), "insight:index"),
)


@dataclass(frozen=True)
class NavigationItem:
    """One link of the header; ``current`` marks the section the page belongs to."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class BeliefOption:
    """One step of the 0–10 scale; ``word`` is empty between the anchors."""

    value: int
    word: str
    checked: bool
    note: str


@register.simple_tag
def icon(name: str, label: str = "", css_class: str = "") -> SafeString:
    """Draw an icon of static/src/icons.txt; without ``label`` it is hidden from screen readers."""
    href = f"{static('all-svg-icons.svg')}#{name}"
    classes = f"icon-svg {css_class}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            classes,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>',
        classes,
        href,
    )


def _section_url(target: str) -> str:
    """Return the path of a URL name or path; empty when the name is not declared."""
    if target.startswith("/"):
        return target
    try:
        return reverse(target)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def main_navigation(context: Context) -> list[NavigationItem]:
    """Return the header's links, those of the person's roles last; the current one marked.

    Who has no cases, and reads none in, is not led to an empty list of them.
    """
    request = context.get("request")
    path = request.path if request else ""
    user = getattr(request, "user", None)
    employee = user if isinstance(user, Employee) else None
    tools = tools_of(employee) if employee else []
    items = []
    for label, target in (*SECTIONS, *((tool.short, tool.target) for tool in tools if tool.short)):
        url = _section_url(target)
        if target == CASES and employee is not None and not employee.may(Right.PARTNER):
            continue
        if url:
            current = path == url if url == "/" else path.startswith(url)
            items.append(NavigationItem(label=str(label), url=url, current=current))
    return items


@register.simple_tag
def belief_options(
    value: int | str | None = None, notes: Mapping[int, str] | None = None
) -> list[BeliefOption]:
    """Return the eleven steps; ``value`` is the chosen one (0–10, as number or text)."""
    chosen = str(value) if value is not None else ""
    return [
        BeliefOption(
            value=step,
            word=str(BELIEF_WORDS.get(step, "")),
            checked=str(step) == chosen,
            note=(notes or {}).get(step, ""),
        )
        for step in range(HIGHEST_VALUE + 1)
    ]


@register.simple_tag
def belief_steps(value: int) -> list[bool]:
    """Return ten flags for the dots, the first ``value`` of them on."""
    return [step < value for step in range(HIGHEST_VALUE)]


@register.filter
def belief_word(value: int | None) -> str:
    """Return the anchor word of ``value``, or an empty text between the anchors."""
    return str(BELIEF_WORDS.get(value, "")) if value is not None else ""


@register.filter
def percent(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a share (0–1) as "27 %" or "1,2 %"; a missing one as a dash."""
    if value is None or math.isnan(value):
        return "–"
    number = formats.number_format(round(Decimal(str(value)) * 100, decimals), decimals)
    return f"{number}\u00a0%"


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    """Write a number with the language's separators: "1.000" in Danish; a missing one as a dash."""
    if value is None or math.isnan(value):
        return "–"
    return formats.number_format(
        round(Decimal(str(value)), decimals), decimals, force_grouping=True
    )


@register.filter
def clock(value: datetime | None) -> str:
    """Write the local time of day: "kl. 10.00" in Danish, "10:00" in English."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    # Translators: the time of day; Danish writes "kl. %(hour)s.%(minute)s".
    return _("%(hour)s:%(minute)s") % {"hour": f"{local:%H}", "minute": f"{local:%M}"}


@register.filter
def day(value: date | None) -> str:
    """Write the local date in full: "26. november 2026"."""
    return _day(value, "DATE_FORMAT")


@register.filter
def weekday(value: date | None) -> str:
    """Write the local weekday and date without the year: "torsdag 26. november"."""
    # Translators: a date format of Django: weekday, day and month.
    return _day(value, _("l j F"))


def _day(value: date | None, wanted: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.date_format(value, wanted)


@register.filter
def epoch_ms(value: datetime | None) -> str:
    """Return milliseconds since 1970 for the scripts' clocks."""
    return "" if value is None else str(int(value.timestamp() * 1000))


@register.simple_tag
def server_now_ms() -> str:
    """Return the server's clock in milliseconds since 1970."""
    return epoch_ms(timezone.now())


@register.simple_tag
def elided_pages(page: Page[Any]) -> Iterable[int | str]:
    """Return the page numbers to show, with "…" for the gaps."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)


@register.simple_block_tag(takes_context=True)
def box(
    context: Context, content: SafeString, heading: str = "", tone: str = "teal", level: int = 2
) -> SafeString:
    """Draw a side box around the block: ``tone`` is teal, orange or plain."""
    return render_to_string(
        "components/box.html",
        {"content": content, "heading": heading, "tone": tone, "level": level},
    )


WIDGET_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "form-input"),
    (forms.ClearableFileInput, "form-file"),
    (forms.FileInput, "form-file"),
    (forms.CheckboxInput, "form-checkbox"),
    (forms.RadioSelect, ""),
    (forms.CheckboxSelectMultiple, ""),
    (forms.Select, "form-select"),
    (forms.DateInput, "form-input input-width-s"),
    (forms.TimeInput, "form-input input-width-xs"),
    (forms.NumberInput, "form-input input-width-xs"),
    (forms.widgets.Input, "form-input"),
    (forms.MultiWidget, "form-input"),
)


@register.filter
def dkfds_widget(field: BoundField) -> SafeString:
    """Render a field's widget with the design system's class for its kind."""
    widget = field.field.widget
    extra = next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")
    css_class = f"{extra} {widget.attrs.get('class', '')}".strip()
    return field.as_widget(attrs={"class": css_class} if css_class else {})


@register.filter
def field_kind(field: BoundField) -> str:
    """Tell components/field.html which markup: belief, checkbox, choices, group or plain."""
    widget = field.field.widget
    if "data-belief" in widget.attrs:
        return "belief"
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "group" if field.use_fieldset else "plain"


@register.filter
def choice_class(field: BoundField) -> str:
    """Return "radio" or "checkbox" for a field of the kind ``choices``."""
    many = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    return "checkbox" if many else "radio"


@register.filter
def first_input_id(field: BoundField) -> str:
    """Return the id an error summary links to: the first choice of a group, else the field."""
    if field_kind(field) in {"belief", "choices"}:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id

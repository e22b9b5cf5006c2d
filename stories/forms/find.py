"""How colleagues find a story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kb.models import Guidepost, PublicationPage, ThemePage
from learning.models import Method
from stories.enums import ActionKind, AgeBand, ContactForm, TellerRole
from stories.references import dilemmas, tags_for
from stories.target_groups import target_groups

from . import fields
from .base import StepForm

if TYPE_CHECKING:
    from stories.models import StoryPage

MOST_TAGS = 8


class FindForm(StepForm):
    """4: how colleagues find the story. Choices only, no free text that could identify anyone."""

    template = "stories/steps/find.html"
    checked = ("tags",)
    themes = fields.ticked(_("Themes"), ())
    guidepost = fields.choice(_("Guidepost"), ())
    action_kinds = fields.ticked(_("What was done"), ActionKind.choices)
    target_group = fields.choice(_("Target group"), ())
    age_band = fields.choice(_("The citizen's age"), AgeBand.choices)
    contact_form = fields.choice(_("How did you meet?"), ContactForm.choices)
    teller_role = fields.choice(_("Who are you who tells it?"), TellerRole.choices)
    method = fields.choice(_("Method you used"), ())
    dilemma = fields.choice(_("A dilemma it is about"), ())
    publication = fields.choice(_("A publication it goes with"), ())
    suggested = fields.ticked(_("Tags your text speaks of"), ())
    tags = fields.text(
        _("Tags"), longest=200, help_text=_("Words a colleague would search for, with commas.")
    )

    def __init__(self, *args: Any, story: StoryPage, **kwargs: Any) -> None:
        super().__init__(*args, story=story, **kwargs)
        themes = ThemePage.objects.live().order_by("number").values_list("pk", "nav_title")
        self._offer("themes", [(str(pk), title) for pk, title in themes])
        for name, choices in (
            ("guidepost", Guidepost.objects.shown().values_list("pk", "title")),
            ("method", Method.objects.shown().values_list("pk", "name")),
            ("target_group", _groups(story).items()),
            ("publication", PublicationPage.objects.live().values_list("pk", "title")),
            ("dilemma", dilemmas().items()),
        ):
            self._offer(name, [fields.NO_ANSWER, *choices])
        if suggested := tags_for(story):
            self._offer("suggested", [(name, name) for name in suggested])
        else:
            del self.fields["suggested"]

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def initial_of(self, story: StoryPage) -> dict[str, Any]:
        plain = ("action_kinds", "target_group", "age_band", "contact_form", "teller_role")
        return {name: getattr(story, name) for name in plain} | {
            "themes": [str(theme.pk) for theme in story.themes.all()],
            "guidepost": story.guidepost_id or "",
            "method": story.method_id or "",
            "publication": story.publication_id or "",
            "dilemma": story.dilemma,
            "tags": ", ".join(sorted(story.tags.names())),
        }

    def clean_tags(self) -> list[str]:
        """What was typed and what was ticked."""
        typed = self.cleaned_data["tags"].split(",")
        parts = [part.strip().lower() for part in (*typed, *self.cleaned_data.get("suggested", ()))]
        tags = list(dict.fromkeys(part for part in parts if part))
        if len(tags) > MOST_TAGS or any(len(tag) > 40 for tag in tags):
            raise ValidationError(_("At most eight tags of 40 letters."))
        return tags

    def values(self) -> dict[str, Any]:
        values = super().values()
        values.pop("suggested", None)
        publications = PublicationPage.objects.live()
        return values | {
            "publication": publications.filter(pk__in=_key(values["publication"])).first(),
            "themes": list(ThemePage.objects.filter(pk__in=values["themes"])),
            "guidepost": Guidepost.objects.shown().filter(pk__in=_key(values["guidepost"])).first(),
            "method": Method.objects.shown().filter(pk__in=_key(values["method"])).first(),
        }


def _key(value: str) -> list[str]:
    return [value] if value else []


def _groups(story: StoryPage) -> dict[str, str]:
    """The list, and the story's own group where the list no longer has it."""
    names = target_groups()
    if story.target_group and story.target_group not in names:
        names[story.target_group] = story.target_group.capitalize()
    return names

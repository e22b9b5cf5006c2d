"""A good-case story (docs/domain.md B5). Its text is stored only here, never in a revision."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.models import PageManager

from kb.models import BasePage
from privacy.fields import SafeCharField, SafeTextField, refuse_cpr
from privacy.http import no_store
from stories.enums import (
    LIVE_STATES,
    ActionKind,
    AgeBand,
    CheckVerdict,
    ContactForm,
    DurationBand,
    NowBand,
    State,
    StoryOutcome,
    TellerRole,
    Tick,
)

from .admin_lock import NobodyInTheAdmin
from .constraints import STORY_CONSTRAINTS
from .moderated import Moderated
from .page_context import page_context
from .queryset import StoryQuerySet
from .steps import validate_steps

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

BELIEF_POINTS = 3


def draft_slug() -> str:
    """An address that says nothing, for a story that has none yet."""
    return f"kladde-{secrets.token_hex(6)}"


def _belief_series(label: Any) -> ArrayField:
    """Two or three values of 0–10, in order, as the author remembers them."""
    return ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(10)]),
        verbose_name=label,
        size=BELIEF_POINTS,
        default=list,
        blank=True,
    )


def _share(label: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(100)]
    )


def _choice(label: Any, choices: Any, length: int = 24) -> models.CharField:
    return models.CharField(label, max_length=length, choices=choices, blank=True)


class StoryTag(TaggedItemBase):
    """A tag on a story."""

    content_object = ParentalKey(
        "stories.StoryPage", related_name="tagged_items", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")


class StoryPage(BasePage, Moderated):
    """What was hard, the turning point, what was done, what the author would do differently.

    Written outside Wagtail's admin by `stories.domain`. Publication is held by the constraints
    below and by the deferred triggers of migration 0002.
    """

    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    municipality = models.ForeignKey(
        "people.Municipality",
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="stories",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="stories",
    )
    last_editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last changed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("last changed"), auto_now_add=True)
    revises = models.ForeignKey(
        "self",
        verbose_name=_("new text of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="new_texts",
        help_text=_("The published story whose text this one takes over once it is approved."),
    )

    teaser = SafeCharField(_("teaser"), max_length=200, blank=True)
    hard = SafeTextField(_("what was hard"), max_length=3000, blank=True)
    turning_point = SafeTextField(_("the turning point"), max_length=3000, blank=True)
    steps = models.JSONField(_("steps"), default=list, blank=True, validators=[validate_steps])
    quote = SafeCharField(_("a sentence to remember"), max_length=300, blank=True)
    would_do_differently = SafeTextField(
        _("what we would do differently"), max_length=2000, blank=True
    )
    try_tomorrow = ArrayField(
        SafeCharField(max_length=240),
        verbose_name=_("what you can try tomorrow"),
        size=5,
        default=list,
        blank=True,
    )
    caseworker_beliefs = _belief_series(_("the caseworker's belief"))
    citizen_beliefs = _belief_series(_("the citizen's belief"))
    duration_band = _choice(_("time to the turning point"), DurationBand.choices)
    now_band = _choice(_("where the citizen is now"), NowBand.choices)
    outcome = _choice(_("how it went"), StoryOutcome.choices)
    share_citizens = _share(_("the citizens"))
    share_staff = _share(_("the staff"))
    share_efforts = _share(_("the efforts"))

    themes = ParentalManyToManyField(
        "kb.ThemePage", verbose_name=_("themes"), related_name="stories", blank=True
    )
    guidepost = models.ForeignKey(
        "kb.Guidepost",
        verbose_name=_("guidepost"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
    )
    method = models.ForeignKey(
        "learning.Method",
        verbose_name=_("method"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="stories",
    )
    action_kinds = ArrayField(
        models.CharField(max_length=24, choices=ActionKind.choices),
        verbose_name=_("what was done"),
        default=list,
        blank=True,
    )
    target_group = models.SlugField(
        _("target group"), max_length=40, blank=True, validators=[refuse_cpr]
    )
    age_band = _choice(_("age"), AgeBand.choices)
    contact_form = _choice(_("form of contact"), ContactForm.choices)
    teller_role = _choice(_("who tells it"), TellerRole.choices)
    tags = ClusterTaggableManager(through=StoryTag, verbose_name=_("tags"), blank=True)

    ticks = ArrayField(
        models.CharField(max_length=24, choices=Tick.choices),
        verbose_name=_("recognisability"),
        default=list,
        blank=True,
    )
    check_verdict = _choice(_("what the check said"), CheckVerdict.choices[1:])
    checked_digest = models.CharField(_("text that was checked"), max_length=64, blank=True)
    approved_digest = models.CharField(_("text that was approved"), max_length=64, blank=True)
    submitted_at = models.DateTimeField(_("sent to be read"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("opened by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_under = models.ForeignKey(
        "stories.StoryConsent",
        verbose_name=_("the citizen's consent"),
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    reread_on = models.DateField(_("to be read again"), null=True, blank=True)

    objects = PageManager.from_queryset(StoryQuerySet)()

    template = "stories/story_page.html"
    parent_page_types = ["stories.StoryIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False
    follows_clock = False  # it is shown, and ends, by stories.domain alone (kb/domain/schedule.py)
    exclude_fields_in_copy = ["uid"]
    # Wagtail's "used by" of a method or a theme would reveal drafts (decision 0021).
    wagtail_reference_index_ignore = True
    counts_reads = False

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = STORY_CONSTRAINTS
        indexes = [
            models.Index(fields=["state", "-approved_at"], name="story_state_approved"),
            models.Index(fields=["author", "state"], name="story_author_state"),
        ]

    def clean(self) -> None:
        self.clean_title()
        super().clean()

    def clean_title(self) -> None:
        """Raise ValidationError for a CPR number in the title, which is Wagtail's own field."""
        try:
            refuse_cpr(self.title)
        except ValidationError as error:
            raise ValidationError({"title": error.messages}) from error

    @property
    def is_published(self) -> bool:
        """Whether others read it now."""
        return bool(self.live and self.state in LIVE_STATES)

    @property
    def action_labels(self) -> list[str]:
        """The kinds of action in words."""
        labels = dict(ActionKind.choices)
        return [str(labels.get(kind, kind)) for kind in self.action_kinds]

    def permissions_for_user(self, user: Any) -> NobodyInTheAdmin:
        """Wagtail's admin shows a story and changes nothing in it (SEC-22)."""
        return NobodyInTheAdmin(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: a revision is a copy of a text that may have to disappear (SEC-21)."""
        raise PermissionDenied("A story keeps no revisions; see stories.domain.")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, with no caching, so that a withdrawn story is gone at once (SEC-21)."""
        return no_store(super().serve)(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **page_context(request, self)}

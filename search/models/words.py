"""What editors teach search: words, synonyms, and what is shown first or not at all.

The words that ship with the program stay in `search/data/`; these come on top (docs/search.md).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from privacy.fields import SafeCharField
from search.editing import validators

LONGEST_WORD = 60


class Edited(models.Model):
    """Something editors write, with a note on why."""

    note = SafeCharField(_("note"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True


class Word(Edited):
    """A word that compounds are made of; every document is analysed again when the list changes."""

    word = SafeCharField(
        _("word"),
        max_length=LONGEST_WORD,
        unique=True,
        help_text=_("The basic form, for example praktik. Compounds with it are taken apart."),
    )

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        self.word = validators.checked_word(self.word)


class Synonym(Edited):
    """Words that are searched together; takes effect at the next search."""

    words = SafeCharField(
        _("words"), max_length=200, help_text=_("With commas between: virksomhedspraktik, vp")
    )
    also = SafeCharField(
        _("also searches"),
        max_length=200,
        blank=True,
        help_text=_(
            "Leave it empty when the words mean the same. Otherwise it works one way only."
        ),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]
        constraints = [
            models.UniqueConstraint(fields=["words", "also"], name="synonym_once"),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The rule as a line of `synonyms.txt`."""
        return f"{self.words} => {self.also}" if self.also else self.words

    def clean(self) -> None:
        self.words, self.also = validators.tidy(self.words), validators.tidy(self.also)
        others = [other.line for other in Synonym.objects.exclude(pk=self.pk)]
        validators.check_synonym(self.words, self.also, others)


class PromotionKind(models.TextChoices):
    """Whether the document comes first for the query or not at all."""

    SHOW_FIRST = "best", _("Show first")
    HIDE = "worst", _("Do not show")


class PromotionMatch(models.TextChoices):
    """How close a query must come to the promotion's words."""

    EXACT = "exact", _("Exactly these words")
    STEMMED = "stemmed", _("These words in any inflection")


class Promotion(Edited):
    """For one query, a document that is shown first or hidden. Its access tokens stay."""

    kind = models.CharField(_("what happens"), max_length=8, choices=PromotionKind.choices)
    trigger = SafeCharField(
        _("when somebody searches for"), max_length=100, help_text=_("The whole query.")
    )
    match = models.CharField(
        _("how exactly"),
        max_length=8,
        choices=PromotionMatch.choices,
        default=PromotionMatch.STEMMED,
    )
    document = models.CharField(_("document"), max_length=200, editable=False)
    title = models.CharField(_("title"), max_length=300, editable=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who says when it has served its time."),
    )

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["trigger", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["trigger", "match", "document"], name="promotion_once"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="promotion_ends_after_start",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trigger}: {self.title}"

    def clean(self) -> None:
        self.trigger = validators.checked_trigger(self.trigger)


class Vocabulary(models.Model):
    """The editors' words as one reindex took them.

    Documents are analysed with the newest one, queries with the newest that is in use, so that
    both agree while every document is on its way from one to the other.
    """

    words = ArrayField(models.CharField(max_length=LONGEST_WORD), verbose_name=_("words"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    live_at = models.DateTimeField(_("in use since"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("vocabulary")
        verbose_name_plural = _("vocabularies")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

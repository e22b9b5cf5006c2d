"""Which parts of the knowledge base are read without login: one switch for each (SEC-06)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    """The parts that have a switch; those from `METHODS` on are what collection pages list."""

    THEMES = "themes", _("Themes")
    PUBLICATIONS = "publications", _("Publications")
    ARTICLES = "articles", _("Articles")
    EVENTS = "events", _("Events")
    METHODS = "methods", _("Methods")
    EVIDENCE = "evidence", _("Evidence cards")
    FIGURES = "figures", _("Key figures")
    OFFERS = "offers", _("Offers")
    PHRASES = "phrases", _("Phrases")
    QUESTIONS = "questions", _("Question cards")
    GUIDEPOSTS = "guideposts", _("Guideposts")


class SectionAccess(models.Model):
    """How one section is read; a section without a row is behind the login."""

    section = models.CharField(
        _("section"), max_length=16, choices=Section.choices, primary_key=True
    )
    is_open = models.BooleanField(_("open to everybody"), default=False)
    is_indexed = models.BooleanField(_("search engines may show it"), default=False)

    class Meta:
        verbose_name = _("access to a section")
        verbose_name_plural = _("access to sections")
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=Section.values), name="section_is_a_known_one"
            ),
            models.CheckConstraint(
                condition=Q(is_indexed=False) | Q(is_open=True),
                name="section_is_indexed_only_when_open",
                violation_error_message=_("Search engines only show what everybody may read."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_section_display())


def section_is_open(section: str) -> bool:
    """Whether visitors without login read it."""
    return SectionAccess.objects.filter(section=section, is_open=True).exists()


def may_read_section(visitor: Any, section: str) -> bool:
    """Whether somebody reads what is gathered from a section: everybody who is logged in does."""
    return (visitor.is_authenticated and visitor.is_active) or section_is_open(section)


def section_is_indexed(section: str) -> bool:
    """Whether search engines may show it."""
    return SectionAccess.objects.filter(section=section, is_indexed=True).exists()

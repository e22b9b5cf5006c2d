"""Who wrote an article, in the order in which they are named."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable


class Authorship(Orderable):
    """One author of one article; a person cannot be removed while they are named."""

    article = ParentalKey(
        "articles.ArticlePage", on_delete=models.CASCADE, related_name="authorships"
    )
    person = models.ForeignKey(
        "kb.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="authorships",
    )

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [
            models.UniqueConstraint(fields=["article", "person"], name="author_once_per_article")
        ]

    def __str__(self) -> str:
        return str(self.person)

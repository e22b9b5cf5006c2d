"""The kinds of articles, with the words that stand for them in addresses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ArticleKind(models.TextChoices):
    """What sort of article it is; the kind decides what has to stand in it."""

    COMMENTARY = "commentary", _("Commentary")
    INTERVIEW = "interview", _("Interview")
    GUIDANCE = "guidance", _("Guidance")
    NEWS = "news", pgettext_lazy("kind of article", "News")
    INSPIRATION = "inspiration", _("Inspiration")

    @property
    def address(self) -> str:
        """Its word in addresses, which are Danish whatever the reader's language."""
        return ADDRESSES[self]


ADDRESSES = {
    ArticleKind.COMMENTARY: "kommentar",
    ArticleKind.INTERVIEW: "interview",
    ArticleKind.GUIDANCE: "vejledning",
    ArticleKind.NEWS: "nyhed",
    ArticleKind.INSPIRATION: "inspiration",
}
BY_ADDRESS = {address: kind for kind, address in ADDRESSES.items()}

"""What sort of work a source is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """The kinds that are cited in different ways; what fits none of them is `OTHER`."""

    REPORT = "report", _("Report")
    ARTICLE = "article", _("Article in a journal")
    NEWS = "news", _("Article in a newspaper or magazine")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter of a book")
    THESIS = "thesis", _("Thesis")
    WEB_PAGE = "web_page", _("Web page")
    STATISTICS = "statistics", _("Statistics")
    LAW = "law", _("Law or official guidance")
    PLAN = "plan", _("Plan or strategy")
    TALK = "talk", _("Presentation or slides")
    PODCAST = "podcast", _("Podcast")
    VIDEO = "video", _("Video")
    OTHER = "other", _("Something else")

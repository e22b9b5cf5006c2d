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


class LinkState(models.TextChoices):
    """What came of asking for a link, in words for editors."""

    OK = "ok", _("Answers")
    MOVED = "moved", _("Has moved for good")
    GONE = "gone", _("Is no longer there")
    REFUSED = "refused", _("The server refuses")
    NO_ANSWER = "no_answer", _("No answer in time")
    NO_SUCH_HOST = "no_such_host", _("No server has that name")
    NOT_SECURE = "not_secure", _("The certificate is not valid")
    NOT_PUBLIC = "not_public", _("Does not lead to the open internet")
    REDIRECTS = "redirects", _("Leads on too many times")
    ADDRESS = "address", _("Is no address that can be asked")


# What a reader who clicks gets to see.
WORKS = (LinkState.OK, LinkState.MOVED)

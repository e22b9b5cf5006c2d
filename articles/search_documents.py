"""Articles in search, and telling search when one of them changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.signals import post_page_move

from articles.models import ArticleIndexPage, ArticlePage
from kb.guidepost_tags import with_guidepost
from kb.models import ThemePage
from kb.models.base import shown_to
from search.engines.base import Document
from search.outbox import enqueue_instance, enqueue_many
from search.registry import DocumentSource, register

if TYPE_CHECKING:
    from wagtail.models import Page

    from articles.models.articles import ArticleQuerySet

OPEN, LOGIN = frozenset({"open"}), frozenset({"login"})


def article_document(article: ArticlePage) -> Document | None:
    """An article, found by its text, its kind and the people in it; None while it is a draft."""
    if not article.live or not article.url:
        return None
    people = [str(person) for person in (*article.authors, article.interviewee) if person]
    published = article.published_on or timezone.localdate(article.first_published_at)
    return Document(
        id="",
        type="",
        title=article.title,
        body="\n".join([article.text(), str(article.get_kind_display()), *people]),
        url=article.url,
        topics=tuple(theme.nav_title for theme in article.themes.all() if theme.live),
        municipality=article.municipality.name if article.municipality else "",
        year=published.year,
        published=published,
        acl=OPEN if article.is_public else LOGIN,
    )


def _queryset() -> ArticleQuerySet:
    articles = ArticlePage.objects.danish().live().with_people().prefetch_related("themes")
    found: ArticleQuerySet = articles.select_related("interviewee", "guidepost", "municipality")
    return found


def _readable(user: Any, pks: list[str]) -> Iterable[int]:
    pages = shown_to(ArticlePage.objects.filter(pk__in=pks), user)
    return pages.values_list("pk", flat=True)


register(
    DocumentSource(
        type="article",
        label=_("Article"),
        label_plural=_("Articles"),
        model=ArticlePage,
        build=with_guidepost(article_document),
        queryset=_queryset,
        visible=_readable,
    )
)


@receiver([post_save, post_delete], sender=ArticlePage, dispatch_uid="articles.index")
def on_article_changed(instance: ArticlePage, **kwargs: Any) -> None:
    """Made, changed, published, withdrawn or deleted: search reads what is there now."""
    if not kwargs.get("raw"):
        enqueue_instance(instance)


@receiver([post_save, post_delete], sender=ThemePage, dispatch_uid="articles.index.of_theme")
def on_theme_changed(instance: ThemePage, **kwargs: Any) -> None:
    """An article is found under the titles of its themes."""
    if instance.pk and not kwargs.get("raw"):
        enqueue_many("article", instance.articles.values_list("pk", flat=True))


@receiver(post_save, sender=ArticleIndexPage, dispatch_uid="articles.index.below")
@receiver(post_page_move, dispatch_uid="articles.index.moved")
def on_address_changed(instance: Page, **kwargs: Any) -> None:
    """A moved or renamed list gives its articles new addresses."""
    if not kwargs.get("raw"):
        below = ArticlePage.objects.descendant_of(instance, inclusive=True)
        enqueue_many("article", below.values_list("pk", flat=True))

"""Where stories are in the page tree."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from wagtail.models import Page

from kb.models import HomePage
from stories.models import StoryIndexPage, StoryPage, StoryTombstone
from stories.slugs import address_hash, story_slug

INDEX_SLUG = "historier"


@transaction.atomic
def story_index() -> StoryIndexPage:
    """The parent page of all stories, locked; created below the front page the first time.

    The lock gives two stories created at once different positions in the tree.
    Raises ImproperlyConfigured while the site has no front page.
    """
    home = HomePage.objects.select_for_update(of=("page_ptr",)).first()
    if home is None:
        raise ImproperlyConfigured("There is no front page yet: load the content first.")
    index = StoryIndexPage.objects.select_for_update(of=("page_ptr",)).first()
    if index is None:
        index = home.add_child(
            instance=StoryIndexPage(
                title="Historier",
                slug=INDEX_SLUG,
                intro="Hvad der var svært, hvad der vendte det, og hvad vi ville gøre anderledes.",
            )
        )
    return index


def free_slug(story: StoryPage) -> str:
    """A slug made of the title that no page has and no withdrawn story had."""
    wanted = story_slug(story.title)
    used_slugs = set(
        Page.objects.sibling_of(story, inclusive=False)
        .filter(slug__startswith=wanted)
        .values_list("slug", flat=True)
    )
    number, slug = 1, wanted
    while (
        slug in used_slugs
        or StoryTombstone.objects.filter(address_hash=address_hash(slug)).exists()
    ):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def set_address(story: StoryPage, slug: str) -> None:
    """Give the story its address without Wagtail's signal, which would keep the old one."""
    story.slug = slug
    story.set_url_path(story.get_parent())
    Page.objects.filter(pk=story.pk).update(slug=slug, url_path=story.url_path)

"""No form, no address and no SQL of the site deletes stories or the pages above them."""

from __future__ import annotations

import html

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from stories.domain import authoring, withdrawal
from stories.enums import State
from stories.models import StoryConsent, StoryIndexPage, StoryPage
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_consented, make_draft, make_home, make_published
from tests.stories.test_publication import constraint_of

pytestmark = pytest.mark.django_db
REASON = "Historierne ligger under denne side, så den bliver, hvor den er."
DATA = {"confirm_site_name": "Sparringsrummet", "include_descendants": "on", "next": ""}


@pytest.fixture
def above():
    """The page of all stories, with one of them published, and the front page above it."""
    make_published()
    make_draft()
    return [StoryIndexPage.objects.get(), make_home()]


def everything():
    """Every row that says which stories and which pages there are, and which are shown."""
    return (
        list(Page.objects.order_by("pk").values("pk", "path", "live", "title", "url_path")),
        list(StoryPage.objects.order_by("pk").values("pk", "state")),
        StoryConsent.objects.count(),
    )


def administrator(**more):
    client = Client()
    client.force_login(EmployeeFactory(administrator=True, **more))
    return client


def forms(page):
    """Every address that takes a page away, each with what is sent."""
    root = Page.get_first_root_node().pk
    for name in ("delete", "unpublish", "move", "copy"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk]), DATA
    yield reverse("wagtailadmin_pages:move_confirm", args=[page.pk, root]), DATA
    for action in ("delete", "unpublish", "move"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        yield f"{address}?id={page.pk}&next=/", DATA | {"chooser": root, "move_applicable": "on"}


@pytest.mark.parametrize("superuser", [False, True])
def test_no_form_takes_away_a_page_above_stories_and_each_says_why(above, superuser):
    client = administrator(is_superuser=superuser, is_staff=superuser)
    before = everything()

    for page in above:
        for address, data in forms(page):
            for response in (client.get(address, follow=True), client.post(address, data)):
                assert everything() == before, address
                assert response.status_code in (200, 302)
            shown = html.unescape(client.get(address, follow=True).content.decode())
            assert REASON in shown, address


@pytest.mark.parametrize("superuser", [False, True])
def test_all_of_a_list_at_once_leaves_out_the_page_of_stories(above, superuser):
    client = administrator(is_superuser=superuser, is_staff=superuser)
    before = everything()
    home = above[1]

    for action in ("unpublish", "delete"):
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        client.post(f"{address}?id=all&childOf={home.pk}&next=/", DATA)
        left = Page.objects.get(pk=above[0].pk)
        assert left.live
        assert StoryPage.objects.count() == len(before[1])
    assert StoryConsent.objects.count() == before[2]


@pytest.mark.parametrize("action", ["delete", "unpublish", "move", "copy", "create_alias"])
def test_the_api_of_the_admin_refuses_and_says_why(above, action):
    client = administrator(is_superuser=True, is_staff=True)
    before = everything()

    for page in above:
        address = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
        response = client.post(address, {"recursive": True}, content_type="application/json")
        assert response.status_code == 403
        assert response.json()["detail"].startswith(REASON)

    assert everything() == before


def test_the_buttons_are_gone_and_other_pages_keep_theirs(above):
    person = EmployeeFactory(administrator=True)
    other = Page.objects.exclude(pk__in=[page.pk for page in above]).filter(depth=3).first()

    for page in above:
        may = Page.objects.get(pk=page.pk).permissions_for_user(person)
        does = (may.can_delete, may.can_unpublish, may.can_move, may.can_copy)
        assert not any(allowed() for allowed in does)
        assert may.can_edit()
    assert other.permissions_for_user(person).can_delete()


def test_the_page_above_stories_cannot_be_given_an_end_day(above):
    index = StoryIndexPage.objects.get()
    index.expire_at = timezone.now()

    with pytest.raises(ValidationError, match="Historierne ligger under"):
        index.full_clean()


@pytest.mark.parametrize("which", [0, 1])
def test_the_database_refuses_what_python_would_do(above, which):
    page = Page.objects.get(pk=above[which].pk).specific
    before = everything()

    for act in (page.delete, lambda: page.unpublish(log_action=None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert everything() == before


def sql(statement, *values):
    def run():
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def test_raw_sql_of_the_web_role_cannot_delete_what_was_published(above):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0].endswith("_web")
    index, home = above
    shown = StoryPage.objects.get(state=State.PUBLISHED_INTERNAL)

    refused = {
        "story": sql("DELETE FROM stories_storypage WHERE page_ptr_id = %s", shown.pk),
        "consent": sql("DELETE FROM stories_storyconsent WHERE story_id = %s", shown.pk),
        "index": sql("DELETE FROM stories_storyindexpage WHERE page_ptr_id = %s", index.pk),
        "page": sql("DELETE FROM wagtailcore_page WHERE id = %s", index.pk),
        "front page": sql("DELETE FROM wagtailcore_page WHERE id = %s", home.pk),
        "off": sql("UPDATE wagtailcore_page SET live = false WHERE id = %s", index.pk),
        "all off": sql("UPDATE wagtailcore_page SET live = false WHERE depth < 4"),
    }

    assert {name: constraint_of(act) for name, act in refused.items()} == {
        "story": "story_is_withdrawn_not_deleted",
        "consent": "story_consent_is_kept",
        "index": "story_index_is_kept",
        "page": "story_page_above_is_kept",
        "front page": "story_page_above_is_kept",
        "off": "story_page_above_is_kept",
        "all off": "story_page_above_is_kept",
    }


def test_a_withdrawn_or_archived_story_is_not_deleted_either():
    story = make_published()
    withdrawal.withdraw(actor=None, story=story)

    refused = constraint_of(lambda: StoryPage.objects.get(pk=story.pk).delete())

    assert refused == "story_consent_is_kept"
    assert StoryPage.objects.get(pk=story.pk).state == State.WITHDRAWN


def test_a_draft_with_a_consent_goes_by_the_verb_alone():
    story = make_consented()
    plain = constraint_of(lambda: StoryPage.objects.get(pk=story.pk).delete())

    authoring.discard_draft(actor=story.author, story=story)

    assert plain == "story_consent_is_kept"
    assert not StoryPage.objects.filter(pk=story.pk).exists()


def test_the_verb_opens_one_draft_and_no_other():
    story, other = make_consented(), make_consented()

    authoring.discard_draft(actor=story.author, story=story)

    assert constraint_of(other.consents.all().delete) == "story_consent_is_kept"


def test_the_page_of_all_stories_has_no_preview_that_fails(above):
    """Its list is drawn by a view of its own: there was no template, and a 500."""
    page = above[0]
    client = administrator()

    assert "view_draft" not in client.get(f"/redaktion/pages/{page.pk}/edit/").text
    assert client.get(f"/redaktion/pages/{page.pk}/view_draft/").status_code < 500


@pytest.mark.parametrize("key", ["²", "abc", "1 or 1", "-1", ""])
def test_a_key_that_is_no_number_is_not_found(above, key):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    assert administrator().get(address, {"id": key}).status_code == 404


def test_the_addresses_above_stories_stay_what_they_are(above):
    """In the admin stories are not seen, so theirs would not have followed: all were 404."""
    for page in above:
        page.slug = "andet"
        with pytest.raises(ValidationError, match=REASON):
            page.full_clean()
    above[0].refresh_from_db()
    above[0].title = "Andre historier"
    above[0].full_clean()

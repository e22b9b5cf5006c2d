"""A withdrawn story is in no store (SEC-21).

A word that stands nowhere else is put into every field of a story and everything around it. First
it is seen in each store, so that the test could see it stay; then the story is withdrawn, the jobs
run, and the word is looked for in every table, in both engines, in files, mails, pages and feeds.
"""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from elasticsearch import Elasticsearch
from PIL import Image
from pypdf import PdfReader
from wagtail.models import PageLogEntry, ReferenceIndex, Revision

from kb.domain.follows import follow_theme
from people.domain.feeds import renew_feed
from people.domain.sending import send_digest
from people.enums import FeedKind
from people.models import Notification
from privacy.leaks import tables_holding
from search import outbox
from search.engines import select
from search.engines.base import INDEXES
from search.engines.elasticsearch import ElasticsearchEngine
from stories.domain import authoring, review, withdrawal
from stories.enums import Scope, State
from stories.models import StoryPage, StoryPicture, StoryRendition
from stories.tasks import keep_withdrawn_away, nightly
from story_library.domain import bookmarks, responses, story_requests
from story_library.domain.announcing import announce_story
from tests.factories.people import EmployeeFactory
from tests.factories.stories import make_approver, make_in_review, make_theme, saying
from tests.sent_notifications import send_all
from tests.stories.pages import login

pytestmark = pytest.mark.django_db
CANARY = "kanariefuglord"


@pytest.fixture
def site(settings, elasticsearch_url, tmp_path):
    """The site with both engines, mails in files, media and the list of tombstones of its own."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.SEARCH_INDEX_PREFIX = f"canary-{uuid4().hex[:8]}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.TOMBSTONE_FILE = str(tmp_path / "kept" / "withdrawn.jsonl")
    for folder in ("mail", "media"):
        (tmp_path / folder).mkdir()
    engine = ElasticsearchEngine(
        elasticsearch_url, select.planner(), prefix=settings.SEARCH_INDEX_PREFIX, seconds=30
    )
    for index in INDEXES:
        engine.reset(index)
    yield tmp_path
    client = Elasticsearch(elasticsearch_url)
    for name in client.indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}*").body:
        client.indices.delete(index=name)


def in_elasticsearch():
    """Whether any document of any of our indexes holds the word, as it lies there."""
    client = Elasticsearch(site_settings.ELASTICSEARCH_URL)
    indexes = f"{site_settings.SEARCH_INDEX_PREFIX}*"
    client.indices.refresh(index=indexes)
    found = client.search(index=indexes, query={"match_all": {}}, size=1000)
    return CANARY in str(found["hits"]["hits"])


def in_files(folder: Path):
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (CANARY in path.name or CANARY.encode() in path.read_bytes())
    ]


def in_pdf(content):
    return any(CANARY in page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def told(theme):
    """An open story that says the word wherever something can be said, and its author."""
    author = EmployeeFactory(email="forfatter@example.org")
    story = make_in_review(
        author,
        scopes=(Scope.INTERNAL, Scope.OPEN, Scope.PHOTO),
        themes=[theme],
        **saying(CANARY),
    )
    add_picture(story)
    reviewer = make_approver()
    review.approve(actor=reviewer, story=story)
    story.refresh_from_db()
    return review.open_to_everybody(actor=make_approver(), story=story), author


def add_picture(story):
    """A picture whose words and whose own bytes hold the word."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "WEBP", exif=CANARY.encode())
    picture = StoryPicture.objects.create(
        story=story,
        alt=f"Et {CANARY} på et bord",
        caption=f"Mere {CANARY}",
        content=file.getvalue(),
        added_by=story.author,
    )
    StoryRendition.objects.create(
        picture=picture, size="small", width=40, height=30, content=file.getvalue()
    )


def surround(story, theme):
    """Everything people do around a story: answers, lists, requests, follows, a new text."""
    colleague = EmployeeFactory(email="bo@example.org")
    moderator = make_approver()
    responses.respond(actor=colleague, story=story, kind="tried", text=f"Vi prøvede et {CANARY}.")
    changed = responses.respond(
        actor=colleague, story=story, kind="changed", text=f"Nu har vi et {CANARY}."
    )
    responses.moderate_response(
        actor=moderator, response=changed, show=False, reason=f"Forklar det med et {CANARY}."
    )
    bookmarks.add_bookmark(actor=colleague, story=story)
    bookmarks.follow_tag(actor=colleague, tag=story.tags.get())
    follow_theme(actor=colleague, theme=theme)
    story_request = story_requests.request_story(actor=colleague, topic="En sjælden fugl")
    story_requests.answer_story_request(actor=colleague, story_request=story_request, story=story)
    draft = authoring.revise_story(actor=story.author, story=story)
    PageLogEntry.objects.create(
        page_id=story.pk,
        content_type=story.content_type,
        label=story.title,
        action="wagtail.edit",
        timestamp=timezone.now(),
    )
    ReferenceIndex.create_or_update_for_object(story)
    return colleague, draft


def reads_of(story, key, theme):
    """Every address that shows or exports the story: name → its bytes as a colleague gets them."""
    client = login(EmployeeFactory())
    addresses = {
        "page": story.url,
        "list": "/historier/",
        "theme": theme.url,
        "open feed": reverse("stories:open_feed"),
        "feed of the theme": reverse("stories:open_feed_of", args=["tema", theme.number]),
        "own feed": reverse("stories:own_feed", args=[key]),
        "export": reverse("stories:pdf", args=[story.pk]),
        "story_requests": reverse("stories:story_requests"),
    }
    return {name: client.get(address).content for name, address in addresses.items()}


def test_the_canary_is_in_every_store_before_and_in_none_after(site):
    theme = make_theme()
    story, author = told(theme)
    colleague, draft = surround(story, theme)
    key = renew_feed(actor=colleague, kind=FeedKind.STORIES)
    outbox.deliver_batch()
    announce_story(story_id=story.pk)
    url = story.url

    # Before: the word is seen in every store that is searched afterwards.
    assert {
        "search_indexeddocument",
        "stories_storypage",
        "stories_storypicture",
        "stories_storyrendition",
        "stories_storyresponse",
        "taggit_tag",
        "wagtailcore_page",
        "wagtailcore_pagelogentry",
    } <= set(tables_holding(CANARY))
    assert in_elasticsearch()
    before = reads_of(story, key, theme)
    assert in_pdf(before.pop("export"))
    assert [name for name, content in before.items() if CANARY.encode() not in content] == []
    reading_list = login(colleague).get(reverse("stories:reading_list")).content
    assert CANARY.encode() in reading_list
    assert Notification.objects.waiting().exists()
    for folder in ("mail", "media"):
        (site / folder / f"{CANARY}.txt").write_text(CANARY)
        assert in_files(site / folder)
        (site / folder / f"{CANARY}.txt").unlink()

    withdrawal.withdraw_story(actor=author, story=story)
    run_jobs(story, colleague)

    # After: nowhere.
    assert tables_holding(CANARY) == []
    assert not in_elasticsearch()
    client = login(EmployeeFactory())
    assert client.get(url).status_code == 404
    assert client.get(reverse("stories:pdf", args=[story.pk])).status_code == 404
    assert Client().get(url).status_code == 404
    gone = StoryPage.objects.get(pk=story.pk)
    after = reads_of(gone, key, theme)
    assert [name for name, content in after.items() if CANARY.encode() in content] == []
    assert CANARY.encode() not in login(colleague).get(reverse("stories:reading_list")).content
    assert CANARY not in repr(getattr(cache, "_cache", {}))
    assert in_files(site) == []
    assert Revision.objects.for_instance(story).count() == 0
    assert not StoryPage.objects.filter(pk=draft.pk).exists()
    assert (gone.state, gone.live) == (State.WITHDRAWN, False)


def run_jobs(story, colleague):
    """Every job that could still speak of the story, late ones and repeated ones too."""
    outbox.enqueue("story", story.pk)  # a late index job
    outbox.deliver_batch()
    announce_story(story_id=story.pk)
    send_all()
    send_digest(colleague.pk, at=timezone.now() + timedelta(days=1))
    nightly(0)
    keep_withdrawn_away(0)
    outbox.deliver_batch()


def test_a_mail_that_waits_when_its_story_is_withdrawn_is_not_sent(settings):
    theme = make_theme()
    story, author = told(theme)
    colleague, _draft = surround(story, theme)
    announce_story(story_id=story.pk)
    waiting = story.reviews.values_list("pk", flat=True)
    ids = list(waiting)

    withdrawal.withdraw_story(actor=author, story=story)
    send_all()
    send_digest(colleague.pk, at=timezone.now() + timedelta(days=1))

    assert ids
    assert mail.outbox == []

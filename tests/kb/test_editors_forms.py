"""What the editors' forms say, and what is announced as new."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.contrib.admin.utils import label_for_field
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.html import escape, strip_tags
from django.utils.translation import override
from wagtail.documents.models import Document

from kb.models import FileText, PublicationStatus
from kb.models.evidence import DIMENSIONS
from search.models import Promotion
from search.models.words import PromotionKind
from sparring.cases.queries.overview import new_publications
from tests.factories.kb import EvidenceCardFactory, OfferFactory, PublicationPageFactory
from tests.factories.people import EmployeeFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


def test_each_grade_of_an_evidence_card_stands_below_its_question(client):
    client.force_login(EmployeeFactory(editor=True))

    html = client.get("/redaktion/snippets/kb/evidencecard/add/").content.decode()

    with override("da"):
        for code, question in DIMENSIONS:
            label = html.split(f'for="id_{code}_grade"')[1].split("</label>")[0]
            why = html.split(f'for="id_{code}_why"')[1].split("</label>")[0]
            assert escape(str(question)) in label
            assert escape(str(question)) in why


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("kb/evidencecard", ["Emne", "Konklusion", "Vurderes igen", "Status"]),
        ("kb/offer", ["Navn", "Gruppe", "Lukket siden", "Status"]),
        (
            "search/promotion",
            ["Når nogen søger efter", "Hvad der sker", "Titel", "Fra", "Til", "Ejer"],
        ),
    ],
)
def test_a_list_names_its_columns_in_words(client, address, names):
    EvidenceCardFactory()
    OfferFactory()
    Promotion.objects.create(
        trigger="mentor", kind=PromotionKind.SHOW_FIRST, document="method:1", title="Mentor"
    )
    client.force_login(EmployeeFactory(editor=True))

    html = client.get(f"/redaktion/snippets/{address}/").content.decode()

    table = html.split('<table class="listing', 1)[1]
    heads = re.findall(r"<th\b[^>]*>(.*?)</th>", table.split("</thead>")[0], re.DOTALL)
    said = [strip_tags(head).split() for head in heads]
    assert [" ".join(words) for words in said if words] == names


def test_the_list_of_files_names_their_state_in_words():
    with override("da"):
        assert str(label_for_field("state", FileText)) == "tilstand"


def test_a_publication_on_its_way_is_no_news(client):
    ahead = PublicationPageFactory(title="Samtalekort", status=PublicationStatus.FORTHCOMING)
    here = PublicationPageFactory(title="Hovedpointer")
    for page in (ahead, here):
        page.save_revision().publish()
    client.force_login(EmployeeFactory())

    html = client.get("/").content.decode()

    assert new_publications() == [here]
    assert "Nyt: »Hovedpointer«" in html
    assert "Samtalekort" not in html


@time_machine.travel("2026-11-25 09:00+01:00")
def test_a_publication_of_a_year_ahead_is_on_its_way_or_wrong():
    page = PublicationPageFactory(source=SourceFactory(year=2026), abstract="Kort.")
    page.full_clean()
    page.source.year = 2027

    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {"source"}
    page.status = PublicationStatus.FORTHCOMING
    page.full_clean()


def test_what_was_read_of_a_file_that_is_gone_can_still_be_looked_at(client):
    document = Document(title="Regneark fra 2019")
    document.file.save("regneark.txt", ContentFile(b"hej"))
    read = FileText.objects.create(document=document, digest="0" * 64, unread="gone")
    document.file.storage.delete(document.file.name)
    client.force_login(EmployeeFactory(editor=True))

    answer = client.get(f"/redaktion/snippets/kb/filetext/inspect/{read.pk}/")

    assert answer.status_code == 200
    assert "Regneark fra 2019" in answer.content.decode()

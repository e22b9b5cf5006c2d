"""A CPR number is refused in everything an editor can type."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError

from demo_content.bodies import rich_text
from kb.blocks.body import BodyBlock
from kb.models import Phrase
from tests.factories.kb import StandardPageFactory

CPR = "010180-1234"


@pytest.mark.parametrize(
    "block",
    [
        ("heading", CPR),
        ("paragraph", rich_text(f"Ring til {CPR}.")),
        ("points", ["Først", CPR]),
        ("quote", {"text": "Ja", "attribution": CPR}),
    ],
    ids=["heading", "paragraph", "points", "quote"],
)
def test_a_stream_refuses_it_in_every_block(block):
    body = BodyBlock()

    with pytest.raises(StreamBlockValidationError) as refusal:
        body.clean(body.to_python([]).__class__(body, [block]))

    assert refusal.value.non_block_errors[0].startswith("Det ligner et CPR-nummer")


def test_a_stream_without_it_is_kept():
    body = BodyBlock()
    value = body.to_python([]).__class__(body, [("heading", "Hvad vi så"), ("points", ["Først"])])

    assert [child.block_type for child in body.clean(value)] == ["heading", "points"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["title", "intro", "search_description"])
def test_a_page_refuses_it(field):
    with pytest.raises(ValidationError):
        StandardPageFactory(**{field: f"Om {CPR}"})


def test_a_list_entry_refuses_it():
    phrase = Phrase(phrase="Ikke motiveret", closes=CPR, alternative="Vi ved ikke.")

    with pytest.raises(ValidationError) as refusal:
        phrase.clean_fields()

    assert set(refusal.value.message_dict) == {"closes"}

"""Every block an editor can pick says in Danish what it is for, and shows an example."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.utils.translation import override
from wagtail.blocks import CharBlock, StreamBlock
from wagtail.fields import StreamField

from tests.factories.people import EmployeeFactory


def streams_in(block):
    if isinstance(block, StreamBlock):
        yield block
    for inner in getattr(block, "child_blocks", {}).values():
        yield from streams_in(inner)
    if hasattr(block, "child_block"):
        yield from streams_in(block.child_block)


def pickable():
    """Every block of every stream of every model, by where it is picked."""
    return {
        f"{model.__name__}.{field.name}.{name}": block
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
        for stream in streams_in(field.stream_block)
        for name, block in stream.child_blocks.items()
    }


def what_is_missing(block):
    with override("en"):
        english = str(block.get_description())
    with override("da"):
        danish = str(block.get_description())
    missing = [] if danish and danish != english else ["a Danish description"]
    return missing + ([] if block.is_previewable else ["a preview"])


BLOCKS = pickable()


def test_there_are_blocks_to_ask():
    assert len({type(block) for block in BLOCKS.values()}) >= 14


@pytest.mark.parametrize("place", BLOCKS)
def test_a_block_has_help(place):
    assert what_is_missing(BLOCKS[place]) == []


def test_a_block_without_help_is_found():
    class Bare(StreamBlock):
        bare = CharBlock()
        english = CharBlock(help_text="In English only.", preview_value="An example")

    bare, english = Bare().child_blocks.values()

    assert what_is_missing(bare) == ["a Danish description", "a preview"]
    assert what_is_missing(english) == ["a Danish description"]


@pytest.mark.django_db
@pytest.mark.parametrize("place", BLOCKS)
def test_an_example_is_drawn_as_readers_see_it(client, place):
    client.force_login(EmployeeFactory(editor=True))

    answer = client.get(f"/redaktion/block-preview/?id={BLOCKS[place].definition_prefix}")

    html = answer.content.decode()
    words = re.sub(r"<[^>]+>", " ", html.split("<main>")[1].split("</main>")[0]).split()
    assert answer.status_code == 200
    assert "site.css" in html
    assert len(words) >= 3 or place.endswith(".heading")
    assert not {"the", "an", "and", "with"} & {word.lower() for word in words}

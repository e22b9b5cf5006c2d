"""Packages and plain text from outside: read whole, or refused with the reason."""

from __future__ import annotations

import io
import zipfile

import pytest

from privacy.child import Refused
from privacy.packages import MOST_PARTS, open_package
from privacy.plain_text import decode


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def why(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.why


def test_a_package_is_opened():
    assert open_package(package([("a.xml", b"<a/>")])).namelist() == ["a.xml"]


def test_what_is_no_package_is_broken():
    assert why(lambda: open_package(b"PK\x03\x04garbage")) == "broken"


def test_a_small_file_that_unpacks_to_a_large_one_is_refused_unread():
    bomb = package([("a.xml", b"0" * 2_000_000)])
    assert len(bomb) < 10_000

    assert why(lambda: open_package(bomb, most=1_000_000)) == "limit"
    assert open_package(bomb, most=2_000_000)


def test_too_many_parts_are_refused():
    parts = package([(str(number), b"") for number in range(MOST_PARTS + 1)])

    assert why(lambda: open_package(parts)) == "limit"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_as_it_was_written(encoding):
    assert decode("Tro på det – nu".encode(encoding)) == "Tro på det – nu"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"abc\x00def", "type"), (b"\x81\x8d", "type"), (b"\xff\xfea", "broken")],
)
def test_what_is_no_text_is_refused_and_nothing_is_guessed(data, reason):
    assert why(lambda: decode(data)) == reason

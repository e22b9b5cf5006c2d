"""A part of a file, as players ask for it (RFC 9110, 14)."""

from __future__ import annotations

import io

import pytest
from django.http import FileResponse
from hypothesis import given
from hypothesis import strategies as st

from privacy.ranges import AT_ONCE, asked_part, send_part


def cut(data, header):
    file = io.BytesIO(data)
    answer = FileResponse(file)
    send_part(answer, file, header)
    return answer


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-", (0, 99)),
        ("bytes=0-0", (0, 0)),
        ("bytes=10-19", (10, 19)),
        ("bytes=90-500", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        (" bytes=99-99 ", (99, 99)),
    ],
)
def test_a_part_is_found(header, part):
    assert asked_part(header, 100) == part


@pytest.mark.parametrize(
    "header",
    ["", "bytes=-", "bytes=20-10", "bytes=0-1,5-6", "lines=0-1", "bytes=a-b", "bytes=" + "9" * 30],
)
def test_what_is_no_single_part_asks_for_the_whole(header):
    assert asked_part(header, 100) is None
    whole = cut(b"x" * 100, header)
    assert (whole.status_code, len(b"".join(whole.streaming_content))) == (200, 100)


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0)]
)
def test_a_part_outside_is_refused_with_the_size(header, size):
    answer = cut(b"x" * size, header)

    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{size}"
    assert b"".join(answer.streaming_content) == b""


@given(st.binary(min_size=1, max_size=400), st.integers(0, 500), st.integers(0, 500))
def test_it_is_that_part_of_the_file(data, first, length):
    last = first + length
    answer = cut(data, f"bytes={first}-{last}")

    if first >= len(data):
        assert answer.status_code == 416
        return
    content = b"".join(answer.streaming_content)
    assert content == data[first : last + 1]
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Range"] == f"bytes {first}-{first + len(content) - 1}/{len(data)}"


def test_a_long_part_comes_in_pieces():
    data = bytes(range(256)) * 1024
    answer = cut(data, "bytes=1-")

    pieces = list(answer.streaming_content)

    assert b"".join(pieces) == data[1:]
    assert max(map(len, pieces)) == AT_ONCE

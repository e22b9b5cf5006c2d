"""Two devices of one person: what is new on both is in the note, whatever was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.notes.merging import merged

LINES = st.lists(st.text("abcæø ", min_size=1, max_size=12), max_size=5)


@pytest.mark.parametrize(
    ("base", "mine", "stored", "both"),
    [
        ("", "Møder op.", "", "Møder op."),
        ("Møder op.", "Møder op.", "Møder op. Hver gang.", "Møder op. Hver gang."),
        ("Møder op.", "Møder op.\nSpørg smeden.", "Har nøgle.\nMøder op.", None),
        ("En. To.", "En! To.", "En. To!", "En! To!"),
    ],
)
def test_both_changes_are_in_it(base, mine, stored, both):
    result = merged(base=base, mine=mine, stored=stored)

    if both is None:
        assert sorted(result.split("\n")) == ["Har nøgle.", "Møder op.", "Spørg smeden."]
    else:
        assert result == both


def test_what_fits_nowhere_comes_last():
    long = "Hun fortalte om værkstedet og om nøglen, som hun selv havde. " * 3

    result = merged(base=long, mine=long.replace("nøglen", "bilen"), stored="Noget helt andet.")

    assert result.startswith("Noget helt andet.\n")
    assert "bilen" in result


@given(LINES, LINES, LINES)
def test_nothing_added_is_lost(before, here, there):
    base = "".join(f"{line}\n" for line in before)
    mine = base + "".join(f"{line}\n" for line in here)
    stored = "".join(f"{line}\n" for line in there) + base

    result = merged(base=base, mine=mine, stored=stored)

    for line in (*before, *here, *there):
        assert line.strip() in result


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_put_together(base, mine, stored):
    assert isinstance(merged(base=base, mine=mine, stored=stored), str)
    assert merged(base=base, mine=base, stored=stored) == stored
    assert merged(base=base, mine=mine, stored=base) == mine

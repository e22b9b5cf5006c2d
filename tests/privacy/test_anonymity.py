"""The anonymity check: what each rule finds and what it leaves alone."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privacy.anonymity import check, contains_cpr, find_cpr
from privacy.anonymity.report import Report
from privacy.anonymity.texts import TYPES, label, reason, suggestion

TODAY = datetime.date(2026, 11, 26)


def found(text: str, **kwargs: object) -> list[tuple[str, str, str]]:
    report: Report = check(text, today=TODAY, **kwargs)
    return [(finding.type, finding.level, finding.text) for finding in report.findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nummeret er 010180-1234.", "010180-1234"),
        ("Nummeret er 0101801234.", "0101801234"),
        ("01 01 80 12 34", "01 01 80 12 34"),
        ("0 1 0 1 8 0 1 2 3 4", "0 1 0 1 8 0 1 2 3 4"),
        ("cpr010180-1234x", "010180-1234"),
        ("15.03.62-0987", "15.03.62-0987"),
        ("010180 – 1234", "010180 – 1234"),
        ("010180_1234", "010180_1234"),
        ("010180:1234", "010180:1234"),
        ("701285-1234", "701285-1234"),
        ("290200-4444", "290200-4444"),
        ("０１０１８０－１２３４", "０１０１８０－１２３４"),
        ("٠١٠١٨٠-١٢٣٤", "٠١٠١٨٠-١٢٣٤"),
        ("010180-xxxx", "010180-xxxx"),
        ("01-01-1980-1234", "01-01-1980-1234"),
        ("010180\n1234", "010180\n1234"),
        ("Ring 20304050 om 010180-1234 i dag", "010180-1234"),
        ("Hun er født i 1980, de sidste fire er 1234.", "1234"),
        ("CPR: 010180", "010180"),
    ],
)
def test_cpr_is_found_in_any_grouping(text, expected):
    assert [text[start:end] for start, end in find_cpr(text)] == [expected]


def test_zero_width_characters_hide_nothing_and_stay_in_the_finding():
    text = "Nr. 01\u200b0180-\u200b1234 er skjult."

    assert [text[start:end] for start, end in find_cpr(text)] == ["01\u200b0180-\u200b1234"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ingen tal her.",
        "Perioden 01.01.2024-31.12.2024",
        "Mødet er 12.05.2024 kl. 10.30",
        "1.234.567.890 kr.",
        "P-nummer 1003456789",
        "EAN 5798000123456",
        "991380-1234",
        "010180-12345",
        "4.000 borgere i 2017-2019",
    ],
)
def test_other_numbers_are_no_cpr(text):
    assert not contains_cpr(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ring på +45 20 30 40 50.", ("phone", "block", "+45 20 30 40 50")),
        ("Tlf. 20304050", ("phone", "block", "20304050")),
        ("Vi fik 20 30 40 50 af hende.", ("phone", "warn", "20 30 40 50")),
        ("Skriv til a.b@c.dk nu", ("email", "block", "a.b@c.dk")),
        ("anna (snabel-a) post.dk", ("email", "block", "anna (snabel-a) post.dk")),
        ("Se facebook.com/anna.b", ("profile", "block", "facebook.com/anna.b")),
        ("reg. 2340 konto 0067891234", ("account", "block", "2340 konto 0067891234")),
        ("IBAN DK50 0040 0440 1162 43", ("account", "block", "DK50 0040 0440 1162 43")),
        ("Bilen CK 45 678 holdt der.", ("plate", "block", "CK 45 678")),
        ("nummerplade xn 11 222", ("plate", "block", "xn 11 222")),
        ("Journalnr. 21/45678 er lukket.", ("case_number", "block", "21/45678")),
        ("Hun er født den 3. maj 1978.", ("birthdate", "block", "den 3. maj 1978")),
        ("Han er årgang 1962.", ("birthdate", "warn", "1962")),
        ("Det skete den 3. maj 1999.", ("date", "warn", "3. maj 1999")),
        ("Hun bor på Egevej 4B, 3. tv.", ("address", "block", "Egevej 4B, 3. tv.")),
        ("de bor på søndergade 14", ("address", "block", "søndergade 14")),
        ("Lejligheden er Ved Kirken 1.", ("address", "block", "Ved Kirken 1")),
        ("Han bor på Ahornvej.", ("address", "warn", "Ahornvej")),
        ("Jeg mødte Fatima i går.", ("name", "block", "Fatima")),
        ("så ringede morten igen", ("name", "warn", "morten")),
        ("Det er Mustafas fortjeneste.", ("name", "block", "Mustafas")),
        ("Vi hjalp Ganbaatar i gang.", ("name", "warn", "Ganbaatar")),
        ("I går fik Tove Skov jobbet.", ("name", "warn", "Tove Skov")),
        ("Hr. Odgaard takkede nej.", ("name", "block", "Odgaard")),
        ("Borgeren, K.L., sagde ja.", ("name", "warn", "K.L.")),
        ("R. Madsen bor alene.", ("name", "block", "R. Madsen")),
        ("HENRIK HAR FÅET JOB", ("name", "warn", "HENRIK")),
        ("De bor i Store Darum nu.", ("place", "warn", "Store Darum")),
        ("Han var hos Nordfjord A/S.", ("organisation", "warn", "Nordfjord A/S")),
        ("Børnene går på Skovbakkeskolen nu.", ("organisation", "warn", "Skovbakkeskolen")),
        ("Hun har Huntingtons sygdom.", ("diagnosis", "warn", "Huntingtons")),
        ("Han blev dømt for bankrøveri.", ("conviction", "warn", "dømt for bankrøveri")),
        ("De har trillinger.", ("combination", "warn", "trillinger")),
    ],
)  # fmt: skip
def test_a_mention_is_found_with_its_type_and_level(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Maj blev en travl måned.",
        "Aalborg Kommune deler sine erfaringer.",
        "Fjordby Job og Vækst har fjorten medarbejdere.",
        "Efter § 16, stk. 3, kan perioden forlænges.",
        "Der var 12.345.678 kr. på finansloven.",
        "Telefontiden er kl. 9.00-11.00 og 13.00-14.30.",
        "Sagsbehandlingstiden steg fra 48 til 57 dage.",
        "Perioden 2017-2019 er den bedst belyste.",
        "FVU-holdet og AMU-kurset lå samme sted.",
        "Lov nr. 548 af 7. maj 2019 ændrede reglerne.",
        "ISO 27001 og DS 49001 blev nævnt.",
        "Hans mor havde arbejdet samme sted.",
        "Projektet hedder Bro til job.",
        "Se mere på jobnet.dk eller borger.dk.",
        "Idéen blev født på et netværksmøde i 2019.",
        "Han cyklede 11 kilometer hver vej.",
        "Må De sige det højt?",
        "Folkeskolen havde været svær.",
        "Den eneste løsning i kommunen var et længere forløb.",
    ],
)
def test_clean_sentences_pass(text):
    assert found(text) == []


def test_verdict_is_the_strictest_finding():
    assert check("Alt godt.").verdict == "pass"
    assert check("Vi hjalp Ganbaatar i gang.").verdict == "warn"
    assert check("Vi hjalp Ganbaatar, 010180-1234.").verdict == "block"


def test_names_the_system_knows_may_be_allowed():
    assert found("Vi var i Nordlyby i går.")[0][0] == "place"
    assert found("Vi var i Nordlyby i går.", allowed={"Nordlyby"}) == []


def test_a_date_is_old_by_the_given_day():
    old = check("Det skete den 3. maj 2012.", today=datetime.date(2027, 1, 1))
    recent = check("Det skete den 3. maj 2012.", today=datetime.date(2026, 1, 1))

    assert (old.verdict, recent.verdict) == ("warn", "pass")


def test_every_type_explains_itself():
    report = check("Ring til Fatima på 20 30 40 50.")

    assert {finding.type for finding in report.findings} <= set(TYPES)
    assert all(str(f.reason) and str(f.suggestion) for f in report.findings)
    assert all(str(label(kind)) and str(reason(kind)) and str(suggestion(kind)) for kind in TYPES)


def test_a_mention_is_found_in_a_long_text_wherever_it_stands():
    filler = "Vi aftalte et nyt møde om praktikken. "
    for position in range(0, 40, 3):
        text = filler * position + "Nummeret er 010180-1234. " + filler * (40 - position)
        hits = [text[f.start : f.end] for f in check(text).findings]
        assert hits == ["010180-1234"]


FRAGMENTS = """Hansen fatima vej 12 010180 -1234 @ født d. 3. maj c/o +45 A. kr tlf (at) dk konto
ÆØÅ i Fatima's AB 345 Ved K.L. den eneste § Store Darum Torv"""
HOSTILE = st.one_of(
    st.text(max_size=200),
    st.text(alphabet="0123456789 .-/_+xX()§\u200b\u00ad\u0301é１２", max_size=120),
    st.lists(
        st.sampled_from(FRAGMENTS.split()),
        max_size=25,
    ).map(" ".join),
)


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
@example("290200" + "\u0661" * 4)
@example("\ud800 010180-1234")
@example("e" + "\u0301" * 500)
@example("İ" * 30)
def test_no_string_breaks_the_check_and_offsets_hold(text):
    report = check(text)

    for finding in report.findings:
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text
    ends = [finding.end for finding in report.findings]
    starts = [finding.start for finding in report.findings]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))


@settings(max_examples=300, deadline=None)
@given(
    st.dates(datetime.date(1930, 1, 1), datetime.date(2025, 12, 31)),
    st.booleans(),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " ", " - ", ".", "/", "_", "–", "\u200b-", "\u00a0"]),
    st.sampled_from(["", " ", ".", "-", "/"]),
)
def test_every_well_formed_cpr_is_found(born, replaced, serial, separator, inner):
    day = born.day + 60 if replaced else born.day
    number = f"{day:02}{inner}{born:%m}{inner}{born:%y}{separator}{serial:04}"
    text = f"Skriv {number} her."

    assert find_cpr(text) == [(6, 6 + len(number))]

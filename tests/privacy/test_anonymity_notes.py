"""The check of notes about a citizen: what is refused, and what is asked about."""

from __future__ import annotations

import pytest

from privacy.anonymity import check
from privacy.anonymity.fuzzing import strings
from privacy.anonymity.notes import look_over, mark_of, words_for


def types(findings):
    return [finding.type for finding in findings]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Cpr. 010180-1234 i sagen.", "cpr"),
        ("Ring på 22 33 44 55.", "phone"),
        ("Skriv til kurt@example.dk.", "email"),
        ("Se facebook.com/kurt.hansen.1234.", "profile"),
        ("Bor på Nørregade 14, 2. tv.", "address"),
        ("Reg. 1234 konto 0012345678.", "account"),
    ],
)
def test_what_lets_anybody_reach_the_citizen_is_refused(text, kind):
    assert types(look_over(text).refused) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Har depression.", "Lider af angst.", "Fik ADHD-medicin.", "Diagnosen autisme kom.",
        "Har haft stress i et år.", "Skizofreni i familien.", "Venter på svar om sklerose.",
        "Har KOL og skal holde pauser.", "Brystkræft sidste år.",
    ],
)  # fmt: skip
def test_an_illness_is_asked_about_in_a_note_and_not_in_a_story(text):
    assert types(look_over(text).warned) == ["health"]
    assert check(text).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Vil gerne bekræfte aftalen.", "Travl uge, mindre stress nu.", "Fik kol til grillen.",
        "Borger kom til tiden.", "Han tør ikke tage bussen alene.", "   ", "",
    ],
)  # fmt: skip
def test_ordinary_words_are_not(text):
    assert look_over(text).found == []


def test_names_that_may_stand_are_given():
    assert look_over("Begynder i Springbræt på mandag.", allowed=["Springbræt"]).found == []


@pytest.mark.parametrize("text", ["Lille-Per har fået plads.", "I går kom Store-Hans forbi."])
def test_a_nickname_with_a_hyphen_is_a_name(text):
    assert types(look_over(text).warned) == ["name"]


def test_a_rare_illness_is_told_once():
    assert len(look_over("Hun har cystisk fibrose og diabetes.").warned) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Talt med Mette.", ["borgeren", "en pårørende", "lægen", "en kollega"]),
        ("Mette kom.", ["Borgeren", "En pårørende", "Lægen", "En kollega"]),
        ("Vi så Mettes plan.", ["borgerens", "en pårørendes", "lægens", "en kollegas"]),
        ("Hans læge Holm ringede.", ["", "borgeren"]),
        ("Hendes mor, Lis, kom med.", ["", "borgeren"]),
        ("Har depression.", ["helbredsmæssige hensyn", "en sygdom"]),
        ("Ring på 22 33 44 55.", [""]),
    ],
)
def test_what_could_stand_there_instead(text, words):
    (finding,) = look_over(text).found

    assert words_for(text, finding) == words


def test_a_mark_tells_the_same_words_from_others_and_holds_none_of_them():
    first, second, other = (
        look_over(text).found[0]
        for text in ("Talt med Mette.", "I går ringede Mette.", "Talt med Ahmed.")
    )

    assert mark_of(first) == mark_of(second) != mark_of(other)
    assert "mette" not in mark_of(first).lower()


def test_no_made_up_string_breaks_it():
    for text in strings(2_000, seed=5):
        for finding in look_over(text).found:
            assert text[finding.start : finding.end] == finding.text
            words_for(text, finding)

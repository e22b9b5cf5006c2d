"""The card rule of domain B4."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal import Hit, Rule, SwapError, draw_cards, swap_card, themes_for

CARDS = {theme: [f"{theme}{letter}" for letter in "abcd"] for theme in range(1, 10)}


def hit(code, points=10, **params):
    return Hit(Rule(code), date(2026, 1, 1), points, params)


def table(*pairs):
    return [hit(code, points) for code, points in pairs]


@pytest.mark.parametrize(
    ("hits", "themes"),
    [
        (table(("R0", 20), ("R5", 12), ("R11", 8)), (1, 9)),
        (table(("R1", 25), ("R4", 25), ("R5", 12)), (8, 9)),
        (table(("R5", 12), ("R8", 15), ("R11", 8)), (4, 9)),
        (table(("R7", 10), ("R11", 8)), (1, 5)),
        (table(("R2", 20), ("R6", 15)), (4, 2)),
        (table(("R4", 20), ("R10", 15)), (8, 4)),
        (table(("R5", 12), ("R12", 8)), (9, 4)),
        (table(("R2", 20), ("R8", 15)), (4, 4)),
        (table(("R9", 12), ("R1", 25)), (6, 4)),
        (table(("R1", 25)), (4, 4)),
        ([], (4, 4)),
    ],
)
def test_themes_of_the_top_two_hits(hits, themes):
    assert themes_for(hits) == themes


def test_equal_points_go_to_the_lower_rule_number():
    assert themes_for(table(("R10", 15), ("R6", 15), ("R8", 15))) == (2, 4)
    assert themes_for(table(("R11", 8), ("R9", 8), ("R5", 8))) == (9, 6)


def test_disagreement_depends_on_who_is_higher():
    assert themes_for([hit("R3", 20, caseworker=2, citizen=7)]) == (3, 4)
    assert themes_for([hit("R3", 20, caseworker=7, citizen=2)]) == (6, 4)


def test_one_card_from_each_theme_with_the_rule_that_drew_it():
    hand = draw_cards(table(("R4", 25), ("R5", 12)), CARDS, (), "session 1")

    assert [(card.theme, card.rule) for card in hand.cards] == [(8, "R4"), (9, "R5")]
    assert all(card.card in CARDS[card.theme] for card in hand.cards)
    assert not hand.swapped


def test_same_theme_gives_the_second_card_from_theme_four():
    hand = draw_cards(table(("R4", 25), ("R10", 15)), CARDS, (), "session 1")

    assert [(card.theme, card.rule) for card in hand.cards] == [(8, "R4"), (4, None)]


def test_two_cards_of_theme_four_are_two_different_ones():
    hand = draw_cards(table(("R2", 20), ("R8", 15)), CARDS, (), "session 1")

    assert [card.theme for card in hand.cards] == [4, 4]
    assert hand.cards[0].card != hand.cards[1].card


def test_the_draw_is_the_same_for_the_same_session_and_varies_between_sessions():
    hits = table(("R4", 25), ("R5", 12))

    assert draw_cards(hits, CARDS, (), "7") == draw_cards(hits, CARDS, (), "7")
    assert len({draw_cards(hits, CARDS, (), str(seed)) for seed in range(40)}) > 8


def test_recently_used_cards_are_avoided():
    used = {"8a", "8b", "8d", "9a", "9c", "9d"}

    hand = draw_cards(table(("R4", 25), ("R5", 12)), CARDS, used, "session 3")

    assert [card.card for card in hand.cards] == ["8c", "9b"]


def test_a_used_up_theme_hands_over_to_the_rules_other_theme_then_to_the_fallback():
    used = set(CARDS[4]) | set(CARDS[8])

    hand = draw_cards(table(("R2", 20), ("R5", 12)), CARDS, used, "s")
    without_other = draw_cards(table(("R4", 20), ("R5", 12)), CARDS, set(CARDS[8]), "s")

    assert [(card.theme, card.rule) for card in hand.cards] == [(7, "R2"), (9, "R5")]
    assert [(card.theme, card.rule) for card in without_other.cards] == [(4, None), (9, "R5")]


def test_a_used_card_comes_back_only_when_everything_is_used_up():
    cards = {8: ["8a"], 4: ["4a"]}

    hand = draw_cards(table(("R4", 20)), cards, {"8a", "4a"}, "s")

    assert [card.card for card in hand.cards] == ["8a", "4a"]


def test_too_few_cards_give_a_smaller_hand():
    assert draw_cards(table(("R4", 20)), {8: ["8a"]}, (), "s").cards[0].card == "8a"
    assert len(draw_cards(table(("R4", 20)), {8: ["8a"]}, (), "s").cards) == 1
    assert draw_cards([], {}, (), "s").cards == ()


def test_the_ten_minute_form_draws_one():
    hand = draw_cards(table(("R4", 25), ("R5", 12)), CARDS, (), "s", count=1)

    assert [card.theme for card in hand.cards] == [8]


def test_one_card_may_be_swapped_once_within_its_theme():
    hand = draw_cards(table(("R4", 25), ("R5", 12)), CARDS, (), "s")

    swapped = swap_card(hand, 1, CARDS, (), "s")

    assert swapped.cards[0] == hand.cards[0]
    assert swapped.cards[1].theme == 9
    assert swapped.cards[1].rule == "R5"
    assert swapped.cards[1].card != hand.cards[1].card
    with pytest.raises(SwapError):
        swap_card(swapped, 0, CARDS, (), "s")


def test_a_swap_avoids_used_cards_and_needs_another_card():
    hand = draw_cards(table(("R4", 25)), {8: ["8a"], 4: ["4a", "4b", "4c"]}, (), "s")
    others = {"4a", "4b", "4c"} - {hand.cards[1].card}
    used = min(others)

    swapped = swap_card(hand, 1, {4: ["4a", "4b", "4c"]}, {used}, "s")

    assert {swapped.cards[1].card} == others - {used}
    with pytest.raises(SwapError):
        swap_card(hand, 0, {8: ["8a"]}, (), "s")


@given(
    codes=st.lists(
        st.sampled_from([rule for rule in Rule if rule is not Rule.DISAGREEMENT]), unique=True
    ),
    used=st.sets(
        st.sampled_from([card for cards in CARDS.values() for card in cards]), max_size=30
    ),
    seed=st.text(max_size=5),
)
def test_a_hand_is_two_different_cards_and_unused_while_the_fallback_has_enough(codes, used, seed):
    hand = draw_cards([hit(code) for code in codes], CARDS, used, seed)

    cards = [card.card for card in hand.cards]
    assert len(cards) == len(set(cards)) == 2
    assert all(card.card in CARDS[card.theme] for card in hand.cards)
    if len(set(CARDS[4]) - used) >= 2:
        assert not set(cards) & used

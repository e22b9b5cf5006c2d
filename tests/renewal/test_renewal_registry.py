"""The registry finds the rules by themselves and refuses what would collide once it is stored."""

from dataclasses import dataclass, replace

import pytest

from renewal import RULES, Rule
from renewal.registry import require_well_formed
from renewal.rule import points
from renewal.rules import stale


@dataclass(frozen=True)
class OtherLimits:
    r2_points: int = points(10)


def test_a_rule_is_named_by_its_file_and_stored_by_its_code():
    assert Rule.STALE == "R1"
    assert RULES[Rule.STALE] is stale.RULE
    assert list(RULES) == list(Rule)


def test_the_rules_stand_in_the_order_of_their_numbers():
    numbers = [rule.number for rule in Rule]

    assert numbers == sorted(numbers)
    assert numbers[:13] == list(range(13))


@pytest.mark.parametrize("code", ["", "R", "1", "Rx", "r1", "R-1"])
def test_a_code_is_r_and_a_number(code):
    with pytest.raises(ValueError, match="R and a number"):
        require_well_formed({"BROKEN": replace(stale.RULE, code=code)})


def test_the_numbers_of_a_rule_begin_with_its_code():
    with pytest.raises(ValueError, match="r2_points"):
        require_well_formed({"BROKEN": replace(stale.RULE, limits=OtherLimits)})


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="same code"):
        require_well_formed({"STALE": stale.RULE, "AGAIN": stale.RULE})

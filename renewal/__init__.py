"""When does a belief need renewing? Pure rules, no models, no database (domain B2–B4)."""

from __future__ import annotations

from renewal.assess import (
    Band,
    HeldBack,
    Need,
    assess,
    assess_many,
    find_hit,
    find_hits,
    order_key,
    order_text,
    quarter_of,
    shuffle_key,
)
from renewal.cards import Card, Hand, SwapError, draw_cards, swap_card, themes_for
from renewal.changes import next_change
from renewal.facts import (
    COPENHAGEN,
    ActionFact,
    BeliefFact,
    CaseFacts,
    Role,
    Status,
    local_date,
)
from renewal.hits import Hit
from renewal.registry import RULES, Rule
from renewal.snooze import SnoozeRefusal, shown_to_leader, snooze_refusal
from renewal.states import BeliefState, belief_state
from renewal.thresholds import DEFAULTS, ThresholdError, Thresholds

__all__ = [
    "COPENHAGEN",
    "DEFAULTS",
    "RULES",
    "ActionFact",
    "Band",
    "BeliefFact",
    "BeliefState",
    "Card",
    "CaseFacts",
    "Hand",
    "HeldBack",
    "Hit",
    "Need",
    "Role",
    "Rule",
    "SnoozeRefusal",
    "Status",
    "SwapError",
    "ThresholdError",
    "Thresholds",
    "assess",
    "assess_many",
    "belief_state",
    "draw_cards",
    "find_hit",
    "find_hits",
    "local_date",
    "next_change",
    "order_key",
    "order_text",
    "quarter_of",
    "shown_to_leader",
    "shuffle_key",
    "snooze_refusal",
    "swap_card",
    "themes_for",
]

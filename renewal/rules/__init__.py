"""R0 to R12 of domain B3: one pure function each, `(facts, thresholds) -> Hit | None`.

Readings that the table leaves open, chosen so that its rules and its nine worked examples agree:

- "> n d" is strictly more than n whole days: R1 at 90 days is silent, at 91 it hits. "after 30 d"
  (R6) reads the same. "≤180 d" includes day 180.
- "n mdr." are calendar months and have passed on the day itself: R5 with "≥6 mdr." hits on the day
  the case turns six months. "in 6 mdr." stops being true on that same day.
- "no … in n mdr." with a date in its sentence (R4, R11) counts from the case's start when there
  has never been one, so a case three days old is not told that nothing happened for six months
  (example H: never asked, 8 months). R8 has no date in its sentence and needs no history: a bid
  of 2 or less on a new case is where a colleague helps most (example I: never sparred).
- R2 "within 180 d": the fall itself, the newest bid, is at most 180 days old.
- R7 "over ≥9 mdr." and R9 "held through 12 mdr." run from the first bid of the unbroken row until
  today, since a bid stands until a newer one replaces it (examples E: four times over 11 months
  with the newest 85 days old; F: 8 for 14 months with the newest 100 days old).
- A sparring on the day of the fall, or a bid that closes a talk, counts as "sparring since" in R2:
  a talk that ends lower is as good a talk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from renewal.facts import CaseFacts
from renewal.hits import Hit, Rule
from renewal.rules import actions, bids, voices
from renewal.thresholds import Thresholds

RuleFunction = Callable[[CaseFacts, Thresholds], Hit | None]

RULES: Mapping[str, RuleFunction] = {
    Rule.R0: bids.no_bid,
    Rule.R1: bids.age,
    Rule.R2: bids.fall,
    Rule.R3: voices.disagreement,
    Rule.R4: actions.belief_without_action,
    Rule.R5: actions.no_company,
    Rule.R6: voices.new_face,
    Rule.R7: bids.copied,
    Rule.R8: voices.low_and_alone,
    Rule.R9: bids.unfulfilled,
    Rule.R10: actions.overdue_agreement,
    Rule.R11: voices.citizen_not_asked,
    Rule.R12: actions.staircase,
}
"""Every rule by its name, in the order of the table."""

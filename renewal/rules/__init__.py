"""The renewal rules of domain B3, one file each.

A file here makes one `RULE` (see `renewal/rule.py`) and is found by itself. The table leaves some
readings open; they are chosen so that its rules and its nine worked examples agree:

- "> n d" is strictly more than n whole days: R1 at 90 days is silent, at 91 it hits. "≤180 d"
  includes day 180.
- "n mdr." are calendar months and have passed on the day itself: with "≥6 mdr." a rule hits on the
  day the case turns six months. "in 6 mdr." stops being true on that same day.
- "no … in n mdr." with a date in its sentence (R4, R11) counts from the case's start when there
  has never been one, so a case three days old is not told that nothing happened for six months.
"""

"""The indicators of active cases, one file each.

A file here makes one `INDICATOR` (see `insight/active_indicator.py`) and is found by itself: the
page `/tal/`, the command `indicators`, the suppression and the attack on it need nothing more.
"""

"""The notifications about accounts, one file each (people/notification_kinds.py)."""

"""What this room tells people: one kind in each file (people/notification_kinds.py)."""

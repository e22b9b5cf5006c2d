"""The search page, saved searches, and the log of opened answers."""

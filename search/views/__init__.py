"""The search page, saved searches, and what is told about the opened answers."""

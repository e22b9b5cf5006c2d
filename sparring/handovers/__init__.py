"""A case changes caseworker: with a note, a meeting of the two, and the new one's own bid first."""

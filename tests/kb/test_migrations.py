"""A database of another version is refused before anything in it is changed."""

from __future__ import annotations

from kb.management.commands.migrate import no_longer_here


def test_a_database_of_another_version_is_known_by_our_own_migrations_only() -> None:
    here = [("stories", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    there = [*here, ("stories", "0001_stories"), ("wagtailcore", "0050_before_a_squash")]
    assert no_longer_here(there, here) == ["stories.0001_stories"]
    assert no_longer_here(here, here) == []
    assert no_longer_here([], here) == []

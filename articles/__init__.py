"""Commentaries, interviews, guidance, news and inspiration, with people as authors."""

"""Works that are quoted, and who wrote them."""

from .sources import Source, SourceAuthor

__all__ = ["Source", "SourceAuthor"]

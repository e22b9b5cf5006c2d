"""Works that are quoted, who wrote them, and whether their links answer."""

from .asked import AskedAbout
from .links import LinkCheck
from .sources import Source, SourceAuthor

__all__ = ["AskedAbout", "LinkCheck", "Source", "SourceAuthor"]

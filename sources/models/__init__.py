"""Works that are quoted, who wrote them, and whether their links answer."""

from .links import LinkCheck
from .sources import Source, SourceAuthor
from .unsourced import UnsourcedPage

__all__ = ["LinkCheck", "Source", "SourceAuthor", "UnsourcedPage"]

"""What PostgreSQL keeps for search."""

from .index import IndexedDocument, IndexedWord, OutboxEvent, Rebuild
from .log import ClickLogEntry, QueryLogEntry
from .saved import SavedSearch
from .words import Promotion, Synonym, Vocabulary, Word

__all__ = [
    "ClickLogEntry",
    "IndexedDocument",
    "IndexedWord",
    "OutboxEvent",
    "Promotion",
    "QueryLogEntry",
    "Rebuild",
    "SavedSearch",
    "Synonym",
    "Vocabulary",
    "Word",
]

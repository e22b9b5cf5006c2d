"""What PostgreSQL keeps for search."""

from .index import IndexedDocument, IndexedWord, OutboxEvent, Rebuild
from .log import ClickLogEntry, QueryLogEntry
from .saved import SavedSearch
from .words import Bet, Synonym, Vocabulary, Word

__all__ = [
    "Bet",
    "ClickLogEntry",
    "IndexedDocument",
    "IndexedWord",
    "OutboxEvent",
    "QueryLogEntry",
    "Rebuild",
    "SavedSearch",
    "Synonym",
    "Vocabulary",
    "Word",
]

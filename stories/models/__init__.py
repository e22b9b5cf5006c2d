from .consents import StoryConsent
from .index import StoryIndexPage
from .responses import StoryResponse
from .reviews import StoryReview, WarningReason
from .story import StoryPage, StoryTag
from .tombstones import StoryTombstone

__all__ = [
    "StoryConsent",
    "StoryIndexPage",
    "StoryPage",
    "StoryResponse",
    "StoryReview",
    "StoryTag",
    "StoryTombstone",
    "WarningReason",
]

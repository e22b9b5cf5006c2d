from .codes import CodeAttempt, ConsentCode
from .consents import StoryConsent
from .index import StoryIndexPage
from .moderation import ReadingClaim, StoryAppeal, StoryNotice
from .pictures import StoryPicture, StoryRendition
from .responses import StoryResponse
from .reviews import StoryReview, WarningReason
from .story import StoryPage, StoryTag
from .tombstones import StoryTombstone

__all__ = [
    "CodeAttempt",
    "ConsentCode",
    "ReadingClaim",
    "StoryAppeal",
    "StoryConsent",
    "StoryIndexPage",
    "StoryNotice",
    "StoryPage",
    "StoryPicture",
    "StoryRendition",
    "StoryResponse",
    "StoryReview",
    "StoryTag",
    "StoryTombstone",
    "WarningReason",
]

from stories.models.story_requests import StoryRequest

from .codes import ConsentCode
from .consents import StoryConsent
from .index import StoryIndexPage
from .moderation import ReviewClaim, StoryAppeal
from .periodic_review import PeriodicReview
from .pictures import StoryPicture, StoryRendition
from .responses import StoryResponse
from .reviews import StoryReview, WarningReason
from .story import StoryPage, StoryTag
from .tombstones import StoryTombstone
from .use import Bookmark, TagFollow

__all__ = [
    "Bookmark",
    "ConsentCode",
    "PeriodicReview",
    "ReviewClaim",
    "StoryAppeal",
    "StoryConsent",
    "StoryIndexPage",
    "StoryPage",
    "StoryPicture",
    "StoryRendition",
    "StoryRequest",
    "StoryResponse",
    "StoryReview",
    "StoryTag",
    "StoryTombstone",
    "TagFollow",
    "WarningReason",
]

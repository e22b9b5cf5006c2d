from .articles import ArticleIndexPage, ArticlePage
from .authors import Authorship
from .dilemmas import DilemmaAnswer
from .observations import Observation
from .talks import TalkRequest

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "Authorship",
    "DilemmaAnswer",
    "Observation",
    "TalkRequest",
]

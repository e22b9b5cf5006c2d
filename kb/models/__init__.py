from .base import BasePage, IndexPage
from .collections import Collection, CollectionPage
from .evidence import EvidenceCard, EvidenceSource, Grade, Verdict
from .figures import KeyFigure
from .file_texts import FileText
from .follows import PublicationWait, ThemeFollow
from .guideposts import EmploymentPlan, Guidepost, GuidepostTagged, MunicipalGuidepost
from .home import HomePage
from .images import LibraryImage, LibraryRendition
from .law import LawWord
from .offers import Offer, OfferGroup
from .persons import Person
from .phrases import Phrase
from .publications import (
    PublicationIndexPage,
    PublicationKind,
    PublicationPage,
    PublicationStatus,
    ReadingState,
)
from .sections import Section, SectionAccess
from .snippets import QuestionCard
from .standard import StandardPage
from .themes import ThemeIndexPage, ThemePage, ThemeRule

__all__ = [
    "BasePage",
    "Collection",
    "CollectionPage",
    "EmploymentPlan",
    "EvidenceCard",
    "EvidenceSource",
    "FileText",
    "Grade",
    "Guidepost",
    "GuidepostTagged",
    "HomePage",
    "IndexPage",
    "KeyFigure",
    "LawWord",
    "LibraryImage",
    "LibraryRendition",
    "MunicipalGuidepost",
    "Offer",
    "OfferGroup",
    "Person",
    "Phrase",
    "PublicationIndexPage",
    "PublicationKind",
    "PublicationPage",
    "PublicationStatus",
    "PublicationWait",
    "QuestionCard",
    "ReadingState",
    "Section",
    "SectionAccess",
    "StandardPage",
    "ThemeFollow",
    "ThemeIndexPage",
    "ThemePage",
    "ThemeRule",
    "Verdict",
]

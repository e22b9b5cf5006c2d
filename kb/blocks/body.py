"""The blocks an editor builds a page's body of."""

from __future__ import annotations

from sources.blocks import OwnExampleBlock, SourceNoteBlock

from .evidence import EvidenceBlock
from .fact_box import FactBoxBlock
from .heading import HeadingBlock
from .key_figure import KeyFigureBlock
from .media import FileBlock, PictureBlock, RecordingBlock, TableBlock
from .method import MethodBlock
from .paragraph import ParagraphBlock
from .phrase import PhraseBlock
from .points import PointsBlock
from .quote import QuoteBlock
from .safe import SafeStreamBlock


class BodyBlock(SafeStreamBlock):
    """Every kind of block that a page's body may hold; the names are stored with the page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    points = PointsBlock()
    quote = QuoteBlock()
    box = FactBoxBlock()
    key_figure = KeyFigureBlock()
    evidence = EvidenceBlock()
    method = MethodBlock()
    phrase = PhraseBlock()
    picture = PictureBlock()
    table = TableBlock()
    file = FileBlock()
    recording = RecordingBlock()
    source_note = SourceNoteBlock()
    own_example = OwnExampleBlock()

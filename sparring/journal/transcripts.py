"""The seam for a transcript that a municipality makes of its sessions on its own machines.

Nothing here listens, and nothing is sent anywhere: the product brings no transcript along. Whoever
has one writes a `TranscriptSource` in an app of their own and registers it when that app starts:

    register_transcript_source(OurTranscripts())

What it answers is added to the notes of the text for the journal. It is checked for names and
numbers like everything else there, and is kept as little.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sparring.models import SparringSession


class TranscriptSource(Protocol):
    """Where the words of a session come from."""

    def summary_of(self, session: SparringSession) -> str:
        """What was talked about, in a few sentences; "" where there is no transcript.

        It is asked while somebody waits for the page, so it must answer from what is there.
        """
        ...


_sources: list[TranscriptSource] = []


def register_transcript_source(source: TranscriptSource) -> None:
    """Use this source from now on, in place of the one before it."""
    _sources[:] = [source]


def forget_transcript_source() -> None:
    """Use none, as at the start."""
    _sources.clear()


def transcript_of(session: SparringSession) -> str:
    """The summary of the session's transcript; "" where nobody has registered a source."""
    return "\n".join(source.summary_of(session).strip() for source in _sources)

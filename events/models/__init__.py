from .afterwards import Evaluation, EventComment
from .pages import EventIndexPage, EventPage
from .parts import EventFile, EventPicture, ProgrammePoint
from .series import EventSeries
from .sign_ups import CalendarEntry, SignUp

__all__ = [
    "CalendarEntry",
    "Evaluation",
    "EventComment",
    "EventFile",
    "EventIndexPage",
    "EventPage",
    "EventPicture",
    "EventSeries",
    "ProgrammePoint",
    "SignUp",
]

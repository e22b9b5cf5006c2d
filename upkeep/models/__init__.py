from .page_care import DayReads, Rereading

__all__ = ["DayReads", "Rereading"]

from .page_care import DayReads, PageReviewDay

__all__ = ["DayReads", "PageReviewDay"]

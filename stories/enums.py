"""The closed lists of stories (docs/domain.md B5, demo_content/README.md).

Action kinds and contact forms are also used by the sparring app, which imports them
from here.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a story is between the first word and the last (docs/domain.md B2)."""

    DRAFT = "draft", _("Draft")
    RECOGNISABILITY = "recognisability", _("Check of recognisability")
    CONSENT = "consent", _("Waits for consent")
    READING = "reading", _("Is being read")
    PUBLISHED_INTERNAL = "published_internal", _("Shared with colleagues")
    PUBLISHED_OPEN = "published_open", _("Open to everybody")
    REREAD = "reread", _("To be read again")
    ARCHIVED = "archived", _("Archived")
    WITHDRAWN = "withdrawn", pgettext_lazy("story", "Withdrawn")


# States in which the story is published.
LIVE_STATES = (State.PUBLISHED_INTERNAL, State.PUBLISHED_OPEN, State.REREAD)
# States in which the text may be changed; a change resets the story to the first.
OPEN_STATES = (State.DRAFT, State.RECOGNISABILITY, State.CONSENT)


class CheckVerdict(models.TextChoices):
    """The result of the anonymity check for one text."""

    NOT_CHECKED = "", _("Not checked")
    PASS = "pass", _("Nothing found")
    WARN = "warn", _("Something needs a reason")
    EXCUSED = "excused", _("Every warning has a reason")
    BLOCK = "block", _("Something must be changed")
    ERROR = "error", _("The check failed")


PUBLISHABLE = (CheckVerdict.PASS, CheckVerdict.EXCUSED)


class StoryOutcome(models.TextChoices):
    """How it went for the citizen; a story that succeeded has the base rate beside it."""

    SUCCEEDED = "succeeded", _("It succeeded")
    UNDER_WAY = "under_way", _("On the way")
    NOT_SUCCEEDED = "not_succeeded", _("It did not succeed")


class Timing(models.TextChoices):
    """When a step took place in the course of the story."""

    BEFORE = "before", pgettext_lazy("timing", "Before")
    SAME_TIME = "same_time", pgettext_lazy("timing", "At the same time")
    AFTER = "after", pgettext_lazy("timing", "Afterwards")


class DurationBand(models.TextChoices):
    """The time to the turning point, in bands too wide to recognise anybody by."""

    UNDER_3 = "under_3_months", _("Under 3 months")
    UNDER_6 = "3_to_6_months", _("3 to 6 months")
    UNDER_12 = "6_to_12_months", _("6 to 12 months")
    OVER_12 = "over_12_months", _("Over 12 months")


class NowBand(models.TextChoices):
    """Where the citizen is now, in bands too wide to recognise anybody by."""

    ORDINARY_JOB = "ordinary_job", _("In an ordinary job")
    PAID_HOURS = "paid_hours", _("Has paid hours")
    PLACEMENT = "placement", _("In a company placement")
    EDUCATION = "education", _("In education")
    VOLUNTEERING = "volunteering", _("Does volunteer work")
    CLEARER_PLAN = "clearer_plan", _("Has a clearer plan")
    NOT_YET = "not_yet", _("Not there yet")


class AgeBand(models.TextChoices):
    """The citizen's age, in bands too wide to recognise anybody by."""

    UP_TO_29 = "up_to_29", _("Up to 29")
    FROM_30 = "30-49", _("30 to 49")
    FROM_50 = "50+", _("50 and over")


class ContactForm(models.TextChoices):
    """How citizen and caseworker met."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    VIDEO = "video", _("By video")
    WALK = "walk", _("On a walk or at a company")
    NONE = "none", _("No contact")


class ActionKind(models.TextChoices):
    """What was set in motion; offers and cases are sorted by the same list."""

    PLACEMENT = "placement", _("Company placement")
    PAID_HOURS = "paid_hours", _("Paid hours")
    WAGE_SUBSIDY = "wage_subsidy", _("Wage subsidy")
    COMPANY_VISIT = "company_visit", _("Company visit")
    TRIAL_DAY = "trial_day", _("Trial day")
    WORKPLACE_MENTOR = "workplace_mentor", _("Mentor at the workplace")
    COURSE = "course", _("Course")
    HEALTH = "health", _("Health or social support")
    COUNSELLING = "counselling", _("Counselling")
    CONVERSATION = "conversation", _("Talk about work")
    STRENGTH_TALK = "strength_talk", _("Strength talk")
    WALK_TALK = "walk_talk", _("Walk or phone talk")
    DOCTOR_MEETING = "doctor_meeting", _("Meeting with the doctor")
    VOLUNTEERING = "volunteering", _("Volunteering")
    OTHER = "other", pgettext_lazy("action", "Other")


class TellerRole(models.TextChoices):
    """The role of whoever tells the story, shown to readers."""

    CASEWORKER = "caseworker", _("Caseworker")
    BUSINESS_CONSULTANT = "business_consultant", _("Business consultant")
    COORDINATOR = "coordinator", _("Sparring coordinator")
    TEAM_LEADER = "team_leader", _("Team leader")


class Party(models.TextChoices):
    """Whose consent it is. Never a name."""

    CITIZEN = "citizen", _("Citizen")
    COLLEAGUE = "colleague", _("Colleague")
    COMPANY = "company", _("Company")


class Scope(models.TextChoices):
    """What a consent allows; each use needs its own consent."""

    INTERNAL = "internal", _("Shared with colleagues in the municipalities")
    OPEN = "open", _("Open to everybody")
    RESEARCH = "research", _("Used in research")
    PHOTO = "photo", _("Photo")


class Decision(models.TextChoices):
    """What a reader of the story decided; each is kept as one review."""

    APPROVED = "approved", _("Approved for colleagues")
    OPENED = "opened", _("Opened to everybody")
    REJECTED = "rejected", _("Sent back")
    REREAD = "reread", _("Read again: still true")


class ResponseKind(models.TextChoices):
    """What a colleague answers to a story; there are no stars and no ranking."""

    TRIED = "tried", _("I tried it")
    WILL_TRY = "will_try", _("We will try")
    CHANGED = "changed", _("We have changed something")
    THANKS = "thanks", _("Thanks")


class ResponseState(models.TextChoices):
    """Whether an answer is shown; one with a text may have to be read by a moderator first."""

    SHOWN = "shown", _("Shown")
    WAITING = "waiting", _("Waits to be read")
    REFUSED = "refused", _("Not shown")


class ReviewCause(models.TextChoices):
    """Why a story is to be read again (docs/domain.md B5)."""

    YEAR = "year", _("The time has come")
    OFFER = "offer", _("An offer is closed")
    LAW = "law", _("A word of the law no longer holds")


class Tick(models.TextChoices):
    """The eight questions of recognisability (docs/domain.md B5)."""

    NO_NAMES = "no_names", _("There are no names or initials")
    SEASON = "season", _("No date is more exact than a season")
    PLACE = "place", _("No place is smaller than the municipality")
    AGE = "age", _("Age is a band, such as “in her forties”")
    TRADE = "trade", _("The job is a trade, not a company")
    COMBINATION = "combination", _("No rare combination of illness, trade and family")
    COLLEAGUE = "colleague", _("A colleague who does not know the case could not guess who it is")
    CITIZEN_READ = "citizen_read", _("The citizen has read the story")


class Focus(models.TextChoices):
    """The ninth of a picture that is kept when it is cut: rows from above, from left to right."""

    TOP_LEFT = "top_left", _("Above, to the left")
    TOP = "top", _("Above, in the middle")
    TOP_RIGHT = "top_right", _("Above, to the right")
    LEFT = "left", _("In the middle, to the left")
    CENTRE = "centre", _("In the middle")
    RIGHT = "right", _("In the middle, to the right")
    BOTTOM_LEFT = "bottom_left", _("Below, to the left")
    BOTTOM = "bottom", _("Below, in the middle")
    BOTTOM_RIGHT = "bottom_right", _("Below, to the right")


class RenditionSize(models.TextChoices):
    """The widths a picture is served in, all of one shape (16:9)."""

    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Middle")
    LARGE = "large", _("Large")

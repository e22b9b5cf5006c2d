"""E-mail addresses, also written to slip past a filter, and addresses of personal profiles."""

from __future__ import annotations

import re

from .report import Hit

_LOCAL = r"[^\W_](?:[\w.+\-]{0,62}\w)?"
_TLD = (
    r"(?:dk|com|net|org|eu|info|se|no|de|uk|pl|io|me|nu|gl|fo|is|tr|ua|ru|ro|fr|es"
    r"|it|nl|edu|gov|online|email"
    r"|mail|biz|co|app|live|dev|shop)"
)
_PLAIN = re.compile(rf"(?<![\w.+\-])({_LOCAL}) ?@ ?[^\W_][\w\-]*(?: ?\. ?[\w\-]+)*", re.IGNORECASE)
_WRAPPED_AT = (
    r"(?: ?[(\[{<|*_\-] ?(?:at|ad|a|snabel[ \-]?a|alfa|krøllet a"
    r"|@) ?[)\]}>|*_\-] ?| snabel[ \-]?a | krøllet a | ad-tegn )"
)
_DOT = r"(?: ?\. ?| ?[(\[{] ?(?:dot|punktum|prik|\.) ?[)\]}] ?| (?:dot|punktum|prik) )"
_WEBMAIL = (
    r"(?:gmail|hotmail|outlook|yahoo|icloud|jubii|ofir|protonmail|live|mail|msn"
    r"|stofanet|webspeed|youmail|privat)"
)
_HIDDEN = re.compile(
    rf"(?<![\w.+\-])[\w+\-]{{1,64}}"
    rf"(?:{_DOT}[\w+\-]+)?{_WRAPPED_AT}"
    rf"(?:{_WEBMAIL}\b|[\w\-]{{1,64}}(?:{_DOT}[\w\-]{{1,64}}){{0,2}}?"
    rf"(?:\.[a-z]{{2,6}}\b|{_DOT}{_TLD}\b))",
    re.IGNORECASE,
)
_CAPITAL_AT = re.compile(rf"(?<![\w.+\-])[a-zæøå0-9._+\-]{{2,64}}A[TD][a-zæøå0-9\-]+\.{_TLD}\b")
_SPOKEN = re.compile(
    rf"(?<![\w.+\-])[\w+\-]{{1,64}}(?:{_DOT}[\w+\-]+)? (?:at|ad|hos) [\w\-]+(?: "
    rf"(?:dot|punktum|prik) ?| ?[(\[](?:dot|punktum|prik|\.)[)\]] ?){_TLD}\b",
    re.IGNORECASE,
)
_DROPPED_AT = re.compile(
    r"(?<![\w.@+\-])(?!(?:på|en|min|din|sin|hans|hendes|via|til|fra|og|eller|som"
    r"|er|har|hos|med|i|hedder)\b)"
    rf"[\w.+\-]{{2,64}}(?: (?:at|ad|hos) | )(?:{_WEBMAIL}) ?(?:\.| punktum | dot ) ?{_TLD}\b",
    re.IGNORECASE,
)
_BARE_WEBMAIL = re.compile(
    r"(?<![\w.@])[\w]+[.\d_][\w.]* (?:at|ad|hos|på) (?:gmail|hotmail|yahoo"
    r"|icloud)\b",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"(?<![\w.\-])(?:https?://)?(?:[\w\-]{1,6}\.)?(?:facebook|fb|instagram"
    r"|linkedin|twitter|x|tiktok|snapchat|youtube|threads|github"
    r"|messenger|m|t)\.(?:com|dk|me)/(?!(?:groups|events|pages|watch|jobs|company"
    r"|hashtag|search|help|legal)\b)"
    r"[^\s,;()\"]*[^\s,;()\".!?:]",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./])@[^\W\d_][\w.]{2,30}\b")
_ACCOUNT_NAME = re.compile(
    r"\b(?:instagram|insta|snapchat|snap|tiktok|twitter|facebook|messenger|skype"
    r"|discord|telegram)(?![a-z])"
    r"(?:\s?-?(?:profil\w*|konto\w*|bruger\w*|navn\w*|id))?(?:\s(?:som|er|hedder"
    r"|under))?\s?[:=]?\s?"
    r"((?=[\w.]*[\d_.])[^\W\d_][\w.]{2,30}\w)",
    re.IGNORECASE,
)


def find(text: str) -> list[Hit]:
    """E-mail addresses (block) and profiles (block, handles warn) in a normalised text."""
    emails = [m.span() for m in _HIDDEN.finditer(text)] + [m.span() for m in _SPOKEN.finditer(text)]
    emails += [m.span() for m in _CAPITAL_AT.finditer(text)]
    emails += [m.span() for m in _DROPPED_AT.finditer(text)]
    if "@" in text:
        emails += [m.span() for m in _PLAIN.finditer(text)]
    hits = [Hit(*span, "email", "block") for span in emails]
    hits += [Hit(*m.span(), "email", "warn") for m in _BARE_WEBMAIL.finditer(text)]
    hits += [Hit(*m.span(), "profile", "block") for m in _PROFILE.finditer(text)]
    hits += [Hit(*m.span(), "profile", "warn") for m in _HANDLE.finditer(text)]
    return hits + [Hit(*m.span(1), "profile", "warn") for m in _ACCOUNT_NAME.finditer(text)]

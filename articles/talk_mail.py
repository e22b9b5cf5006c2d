"""The answer to somebody who asked for a talk and has no account here: one mail, with the file."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import TalkRequest
from articles.talk_calendar import talk_file
from people.mails import letter_to


def mail_answer(*, talk_id: int) -> bool:
    """Send it; False where there is nothing to answer (any more). The same Message-ID each time."""
    talk = TalkRequest.objects.select_related("theme__contact").filter(pk=talk_id).first()
    if talk is None or talk.is_waiting:
        return False
    with override("da"):
        subject = _("Your request for a presentation: %(theme)s") % {"theme": talk.theme.nav_title}
        text = render_to_string("articles/mail/talk_answer.txt", {"talk": talk})
        mail = letter_to(
            talk.email, subject=subject, text=text, message_id=f"talk-answer-{talk.pk}"
        )
        if talk.accepted:
            mail.attach("oplaeg.ics", talk_file(talk).decode(), "text/calendar")
    mail.send()
    return True

"""An offer that one has planned is closed, with what can be done instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Offer
from people.collected_mail import Line
from people.enums import Topic
from people.notification_kinds import LineKind, register_kind
from sparring.beliefs.queries.offers import owners_who_planned

if TYPE_CHECKING:
    from people.models import Notification


@register_kind
class OfferClosed(LineKind):
    name = "sparring.offer_closed"
    label = gettext_lazy("An offer that is planned was closed")
    topic = Topic.REMINDERS

    def line(self, notification: Notification) -> Line | None:
        """None once it is open again, or none of one's own cases has it planned any more."""
        offers = Offer.objects.shown().select_related("alternative")
        offer = offers.filter(pk=notification.object_id, closed_on__isnull=False).first()
        if offer is None or notification.employee_id not in owners_who_planned(offer):
            return None
        text = _("“%(offer)s”, which you have planned, is closed: %(why)s") % {
            "offer": offer.name,
            "why": offer.closed_because,
        }
        if offer.shown_alternative is not None:
            text += ". " + _("Instead: %(other)s") % {"other": offer.shown_alternative.name}
        return Line(text, reverse("sparring:case_list"))

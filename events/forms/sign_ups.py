"""Forms to sign up, and for the three questions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import WillUse
from people.form_fields import lines
from privacy.fields import SafeTextFormField


def access_needs_field() -> forms.CharField:
    """The same question to employees and guests."""
    return SafeTextFormField(
        label=_("What do you need to take part?"),
        required=False,
        max_length=400,
        widget=lines(3),
        help_text=_(
            "For example a ramp, a sign language interpreter, or food. Only the organiser reads it,"
            " and it is deleted when the event is over. Write no diagnosis."
        ),
    )


class SignUpForm(forms.Form):
    """An employee needs to say nothing."""

    access_needs = access_needs_field()


class CommentForm(forms.Form):
    """One comment in the debate."""

    text = SafeTextFormField(
        label=_("What do you say?"),
        max_length=1200,
        widget=lines(4),
        help_text=_(
            "Under your name, to colleagues. The organiser reads it first. Never about a citizen"
            " who can be recognised."
        ),
    )


class GuestForm(forms.Form):
    """Somebody without an account here."""

    name = SafeTextFormField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your mail address"), help_text=_("We send you a link, and nothing else.")
    )
    organisation = SafeTextFormField(label=_("Your workplace"), required=False, max_length=160)
    access_needs = access_needs_field()


class EvaluationForm(forms.Form):
    """Three questions."""

    useful = forms.TypedChoiceField(
        label=_("How useful was it for your work?"),
        coerce=int,
        choices=[
            (5, _("5: very useful")),
            (4, "4"),
            (3, "3"),
            (2, "2"),
            (1, _("1: not useful")),
        ],
        widget=forms.RadioSelect,
    )
    will_use = forms.ChoiceField(
        label=_("Will you use something of it?"), choices=WillUse.choices, widget=forms.RadioSelect
    )
    otherwise = SafeTextFormField(
        label=_("What should be otherwise next time?"),
        required=False,
        max_length=600,
        widget=lines(3),
        help_text=_("Nobody sees whose words they are. Name nobody."),
    )

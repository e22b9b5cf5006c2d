"""The blocks of an interview: a question, and what was answered."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock, TextBlock

from kb.blocks.safe import SafeStreamBlock
from sources.blocks import NotedTextBlock


class QuestionBlock(StructBlock):
    """One question with the interviewee's answer."""

    question = TextBlock(label=_("Question"))
    answer = NotedTextBlock(label=_("Answer"))

    class Meta:
        icon = "comment"
        label = _("Question and answer")
        template = "articles/question.html"
        description = _("One question of an interview with its answer.")

    def get_preview_value(self) -> Any:
        question, answer = _("What made the difference?"), _("That somebody asked me twice.")
        return self.normalize({"question": str(question), "answer": f"<p>{answer}</p>"})


class QuestionsBlock(SafeStreamBlock):
    """The questions of an interview, in the order in which they were asked."""

    question = QuestionBlock()

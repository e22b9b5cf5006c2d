from .base import BasePage
from .snippets import QuestionCard

__all__ = ["BasePage", "QuestionCard"]

from .methods import Method
from .programmes import Programme

__all__ = ["Method", "Programme"]

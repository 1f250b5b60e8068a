"""The tables, and the only writer of them."""

from .database import Store
from .work import Work

__all__ = ["Store", "Work"]

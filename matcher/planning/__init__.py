"""One person's hours from several activities: what can be chosen, the best set, its calendar."""

from .choices import MOST_CANDIDATES, NO_LIMIT_MIN, Choices, Dates, choices, usual_visits
from .layout import Agreed, Layout, Session, lay_out
from .search import MOST_ACTIVITIES, Found, best_set, gap

__all__ = [
    "MOST_ACTIVITIES",
    "MOST_CANDIDATES",
    "NO_LIMIT_MIN",
    "Agreed",
    "Choices",
    "Dates",
    "Found",
    "Layout",
    "Session",
    "best_set",
    "choices",
    "gap",
    "lay_out",
    "usual_visits",
]

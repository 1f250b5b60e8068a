"""One person's hours from several activities: what can be chosen, the best set, its calendar."""

from .choices import MOST_CANDIDATES, WEEK_MIN, Choices, Dates, Meetings, choices, clashing, meetings, usual_visits
from .layout import Agreed, Layout, Session, lay_out
from .search import best_set
from .worth import MOST_ACTIVITIES, Found, gap

__all__ = [
    "MOST_ACTIVITIES",
    "MOST_CANDIDATES",
    "WEEK_MIN",
    "Agreed",
    "Choices",
    "Dates",
    "Found",
    "Layout",
    "Meetings",
    "Session",
    "best_set",
    "choices",
    "clashing",
    "gap",
    "lay_out",
    "meetings",
    "usual_visits",
]

"""The offer of a public source, fetched into a file that `matcher import` reads."""

from .events import Fetched, fetch_events, wanted_events
from .search_api import Patience, SearchApi

__all__ = [
    "Fetched",
    "Patience",
    "SearchApi",
    "fetch_events",
    "wanted_events",
]

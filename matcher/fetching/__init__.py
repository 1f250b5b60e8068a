"""The offer of a public source, fetched into a file that `matcher import` reads."""

from .events import Fetched, fetch_events, wanted_events
from .part import KEPT_FOR
from .search_api import DEFAULT_URL, Patience, SearchApi

__all__ = [
    "DEFAULT_URL",
    "KEPT_FOR",
    "Fetched",
    "Patience",
    "SearchApi",
    "fetch_events",
    "wanted_events",
]

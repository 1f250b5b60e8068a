"""Import: sources become one offer that remembers where everything came from and what persons wrote into it."""

from .offer import check_call, import_offer
from .progress import progress_bar
from .report import Report

__all__ = ["Report", "check_call", "import_offer", "progress_bar"]

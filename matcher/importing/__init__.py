"""Import: sources become one offer that remembers where everything came from and what persons wrote into it."""

from .decisions import Row, doubtful_of, read_pairs, write_decisions
from .ledger import ledger_of
from .offer import check_call, import_offer
from .progress import progress_bar
from .report import Report

__all__ = [
    "Report",
    "Row",
    "check_call",
    "doubtful_of",
    "import_offer",
    "ledger_of",
    "progress_bar",
    "read_pairs",
    "write_decisions",
]

"""The offer: listed, corrected, asked after, imported and put back; every function is told who asks."""

from .calling import STALE_DAYS, Call, list_calls
from .editing import FIVE, add_activity, edit_facts, edit_record, own_record, report_full, verify_record
from .importing import MOST_BYTES, decide_pairs, drop_files, look_at, send_files, source_names, take_over
from .listing import (
    N_QUESTIONS,
    OWNERS,
    QUESTIONS,
    STATES,
    Counted,
    OfferQuery,
    OfferRecord,
    OfferRow,
    list_offer,
    show_record,
)
from .mapping import OfferMap, draw_offer
from .outcome import Difference, Outcome, problems_csv
from .versions import compare_versions, list_versions, restore_version
from .written import EDITABLE, Saved, Understood, kept_activity, shown

__all__ = [
    "EDITABLE",
    "FIVE",
    "MOST_BYTES",
    "N_QUESTIONS",
    "OWNERS",
    "QUESTIONS",
    "STALE_DAYS",
    "STATES",
    "Call",
    "Counted",
    "Difference",
    "OfferMap",
    "OfferQuery",
    "OfferRecord",
    "OfferRow",
    "Outcome",
    "Saved",
    "Understood",
    "add_activity",
    "compare_versions",
    "decide_pairs",
    "draw_offer",
    "drop_files",
    "edit_facts",
    "edit_record",
    "kept_activity",
    "list_calls",
    "list_offer",
    "list_versions",
    "look_at",
    "own_record",
    "problems_csv",
    "report_full",
    "restore_version",
    "send_files",
    "show_record",
    "shown",
    "source_names",
    "take_over",
    "verify_record",
]

"""The offer: listed, corrected, asked after, imported and put back; every function is told who asks."""

from .calling import Call, list_calls
from .editing import FIVE, add_activity, edit_facts, edit_record, own_record, report_full, verify_record
from .importing import decide_pairs, drop_files, look_at, send_files, source_names, take_over
from .listing import OfferQuery, OfferRecord, OfferRow, list_offer, show_record
from .outcome import Difference, Outcome, problems_csv
from .versions import compare_versions, list_versions, restore_version
from .written import EDITABLE, Saved, Understood, shown

__all__ = [
    "EDITABLE",
    "FIVE",
    "Call",
    "Difference",
    "OfferQuery",
    "OfferRecord",
    "OfferRow",
    "Outcome",
    "Saved",
    "Understood",
    "add_activity",
    "compare_versions",
    "decide_pairs",
    "drop_files",
    "edit_facts",
    "edit_record",
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

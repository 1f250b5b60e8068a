"""The life of a dossier, without a clock, a file or a table."""

from .codes import make_code, read_code
from .course import NOT_SAID, Course, Way, Worked, course_of
from .life import OWN, check_step, is_own, next_own_id, proof_entries, with_events

__all__ = [
    "Course",
    "NOT_SAID",
    "OWN",
    "Way",
    "Worked",
    "check_step",
    "course_of",
    "is_own",
    "make_code",
    "next_own_id",
    "proof_entries",
    "read_code",
    "with_events",
]

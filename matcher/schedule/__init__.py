"""Schedule text, dated sessions, and the weekly availability of a person.

Times are minutes of the local day in Europe/Brussels (0 to 1440), weekdays count from Monday = 0.
"""

from .availability import Availability, read_availability
from .compact import Run, run_of_dates
from .recurrence import Recurrence, read_recurrence
from .series import Moment, Series, run_of_series
from .sessions import (
    BRUSSELS,
    DAY_MIN,
    DAYS_EN,
    DAYS_NL,
    DROP_IN_LEAST_MIN,
    DROP_IN_MOST_MIN,
    HORIZON_DAYS,
    MOST_SESSIONS,
    Flex,
    Monthly,
    Once,
    Pause,
    Schedule,
    Timed,
    Weekly,
    clock,
    local_day,
    local_time,
    rule_of,
)
from .text import check_overlap, parse_pause, parse_schedule, read_schedule

__all__ = [
    "BRUSSELS",
    "DAYS_EN",
    "DAYS_NL",
    "DAY_MIN",
    "DROP_IN_LEAST_MIN",
    "DROP_IN_MOST_MIN",
    "HORIZON_DAYS",
    "MOST_SESSIONS",
    "Availability",
    "Flex",
    "Moment",
    "Monthly",
    "Once",
    "Pause",
    "Recurrence",
    "Run",
    "Schedule",
    "Series",
    "Timed",
    "Weekly",
    "check_overlap",
    "clock",
    "local_day",
    "local_time",
    "parse_pause",
    "parse_schedule",
    "read_availability",
    "read_recurrence",
    "read_schedule",
    "rule_of",
    "run_of_dates",
    "run_of_series",
]

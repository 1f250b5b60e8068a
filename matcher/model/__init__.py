"""The words of the domain: activities, profiles, and the shape of what is answered."""

from .activity import Activity, Proposal, read_activity, read_proposal
from .profile import HOURS_OF_TRACK, Home, Profile, Status, read_profile

__all__ = [
    "HOURS_OF_TRACK",
    "Activity",
    "Home",
    "Profile",
    "Proposal",
    "Status",
    "read_activity",
    "read_profile",
    "read_proposal",
]

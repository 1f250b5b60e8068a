"""Texts of what goes on paper, into a mail or into a calendar."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({})
"""Texts by name: Dutch, English."""

"""Texts of the overview."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({})
"""Texts by name: Dutch, English."""

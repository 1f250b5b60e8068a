"""The commands, from suggest to serve: what each does stands in README.md."""

from . import analysis, matching, offer, serving
from .shared import main

__all__ = ["analysis", "main", "matching", "offer", "serving"]

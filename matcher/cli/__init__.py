"""The commands: suggest, plan, allocate, gaps, check-*, fetch, import, template, evaluate, tune, serve."""

from . import analysis, matching, offer, serving
from .shared import main

__all__ = ["analysis", "main", "matching", "offer", "serving"]

"""Cells as people fill them in, each read by the rules of its column into values and how it was understood."""

from .columns import CELL_COLUMNS, Cell, is_day, read_cell, refers_above, shown_cell
from .reading import Reading

__all__ = ["CELL_COLUMNS", "Cell", "Reading", "is_day", "read_cell", "refers_above", "shown_cell"]

"""Events of UiTdatabank: a document, a list of them, a page of Search API 3, or JSON Lines of these."""

from .reader import read_uitdatabank

__all__ = ["read_uitdatabank"]

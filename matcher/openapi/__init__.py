"""The description of the HTTP interface, made from the same models that read and write it."""

from __future__ import annotations

from functools import cache
from typing import Any

from openapi_pydantic import OpenAPI

from . import asking, dossiers
from .objects import objects
from .parts import ERROR_TEXTS, JSON, PROBLEM, TITLES

__all__ = ["ERROR_TEXTS", "JSON", "PROBLEM", "TITLES", "describe"]


@cache
def describe(version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 description as plain values.

    Parameters
    ----------
    version : str
        Of the program.
    """
    document = {
        "openapi": "3.1.1",
        "info": {
            "title": "Activity matcher of the participatie- en netwerktraject",
            "version": version,
            "summary": "Proposes activities to an inburgeraar and explains each proposal. A person decides.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": {**asking.paths(), **dossiers.paths()},
        "components": {"schemas": objects()},
    }
    checked = OpenAPI.model_validate(document)
    return checked.model_dump(mode="json", by_alias=True, exclude_unset=True)

"""Who asks, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..errors import ForbiddenError, NotFoundError, shown

RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "desk": frozenset({"request", "read", "open", "outcome", "offer"}),
        "caseworker": frozenset(
            {"request", "read", "open", "outcome", "decide", "hours", "proof", "end", "delete", "offer", "share"}
        ),
        "coordinator": frozenset({"request", "offer", "import", "overview"}),
        "analyst": frozenset({"request", "overview", "extract"}),
    }
)
"""What each role may do.

``request`` suggestions that are not kept, ``read`` dossiers, ``open`` one or change its profile, note an
``outcome``, ``decide`` about an own proposal, note ``hours`` or a ``proof``, ``end`` or ``delete`` a dossier,
``share`` out places over those that wait, change the ``offer`` record by record, ``import`` or restore it, see
the ``overview``, ``extract`` outcomes without names for analysis.
"""
ROLES = tuple(RIGHTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks something, and for which municipality.

    account : the name under which somebody signed in; it says nothing of a person who is followed
    role : one of `ROLES`
    municipality : the one that is worked for now, such as ``herent``
    municipalities : all that this account serves
    """

    account: str
    role: str
    municipality: str
    municipalities: tuple[str, ...]

    def may(self, right: str) -> bool:
        """Tell whether the role has a right, one of those in `RIGHTS`."""
        return right in RIGHTS[self.role]

    def working_for(self, municipality: str) -> Asker:
        """Return who asks for another municipality; for one that is not served, nothing changes."""
        return replace(self, municipality=municipality) if municipality in self.municipalities else self

    def must_have(self, right: str) -> None:
        """Raise `ForbiddenError` unless the role has a right."""
        if not self.may(right):
            raise ForbiddenError(f"The role {self.role!r} may not do this ({right}).")

    def must_serve(self, municipality: str, what: str) -> None:
        """Raise `NotFoundError` when something is of a municipality that is not served: it is not even there."""
        if municipality not in self.municipalities:
            raise NotFoundError(f"There is no dossier {shown(what)!r}.")


DEMONSTRATION_ACCOUNTS: Mapping[str, Asker] = MappingProxyType(
    {
        role: Asker(account=f"demo-{role}", role=role, municipality=served[0], municipalities=served)
        for role, served in (
            ("desk", ("herent",)),
            ("caseworker", ("herent", "leuven", "rotselaar")),
            ("coordinator", ("herent",)),
            ("analyst", ("herent",)),
        )
    }
)
"""One made-up account for each role, to walk through a demonstration with."""

# SPDX-License-Identifier: EUPL-1.2
"""Close a casus with its goals answered, or open it again with exactly one lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from vangnet.access.actor import Actor


def what_is_left(actor: Actor, op: datetime, casus_id: UUID) -> list[str]:
    """What keeps the casus from closing, as Dutch sentences; empty when it can close. Errors: `NietBetrokken`."""
    raise NotImplementedError


def close_casus(
    actor: Actor,
    op: datetime,
    casus_id: UUID,
    veiligheid: str,
    perspectief: str,
    richting: str,
    toelichting: str = "",
    gebeurd_op: datetime | None = None,
    versie: int | None = None,
) -> None:
    """Close it: is safety restored and the perspective clear (`ja`, `nee`, `onbekend`), and who leads the way from here
    (`richting`, a name or function). An answer other than ja needs `toelichting`. Every part and clock ends; the service
    keeps the file. A second time changes nothing.

    Errors: `GeenRegie`, `NogNietKlaar` while help runs or was chosen and not begun, a lead offer or crisis decision is
    open (`wat` says what); `OngeldigeInvoer`; `Achterhaald`."""
    raise NotImplementedError


def reopen_casus(actor: Actor, op: datetime, casus_id: UUID, reden: str, gebeurd_op: datetime | None = None) -> None:
    """Open it again, and why; the lead returns to who had it last. On an open casus nothing changes.

    Errors: `OngeldigeInvoer` without a reason; `AlGedaan` for a casus that was joined to another; `NietBetrokken`."""
    raise NotImplementedError

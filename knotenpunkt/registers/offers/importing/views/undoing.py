"""Taking a whole import back: what it would do, its progress, what it did."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.accounts.rights import Right


@members_only(Right.IMPORT)
def undo(request: DeskRequest, run_id: UUID) -> HttpResponse:
    raise Http404

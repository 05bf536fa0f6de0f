"""What the pages of an import share: which upload, which step, how far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from knotenpunkt.foundation.accounts.gate import DeskRequest
from knotenpunkt.tools.imports.desk.registers import ListDesk
from knotenpunkt.tools.imports.models import Upload
from knotenpunkt.tools.imports.queries import get_upload
from knotenpunkt.tools.jobs.queries import job_about


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four steps. `state` is done, current or todo."""

    label: str
    state: str
    url: str = ""


def stages(current: int, urls: Sequence[str] = ()) -> list[Stage]:
    """The four steps with the current one, counted from 1; `urls` lead back to those before."""
    labels = (_("Choose a file"), _("Assign columns"), _("Check"), _("Import"))
    return [
        Stage(
            label,
            "done" if number < current else "current" if number == current else "todo",
            urls[number - 1] if number < current and number <= len(urls) else "",
        )
        for number, label in enumerate(labels, start=1)
    ]


def crumbs(desk: ListDesk) -> list[dict[str, str]]:
    """Where one is."""
    return [
        {"label": str(desk.words.register), "url": reverse(desk.home)},
        {"label": _("Import a list"), "url": ""},
    ]


def with_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the upload that its address names; 404 where there is none."""

    @wraps(view)
    def found(request: DeskRequest, desk: ListDesk, upload_id: UUID, **kwargs: Any) -> HttpResponse:
        try:
            upload = get_upload(request.actor, kind=desk.kind, upload_id=upload_id)
        except Upload.DoesNotExist as missing:
            raise Http404 from missing
        return view(request, desk, upload, **kwargs)

    return found


def seen_anew(request: DeskRequest, desk: ListDesk, upload: Upload) -> Upload:
    """As it stands now: a job that ended since it was read has changed it."""
    return get_upload(request.actor, kind=desk.kind, upload_id=upload.pk)


def is_being_imported(request: DeskRequest, desk: ListDesk, upload: Upload) -> bool:
    """Whether the import was started: from then on nothing about it is decided any more."""
    if upload.state == Upload.State.STARTED:
        return True
    job = job_about(request.actor, upload.pk)
    return job is not None and job.is_open and job.work == desk.importing


def to(desk: ListDesk, name: str, upload: Upload, query: str = "") -> HttpResponseRedirect:
    """On to a page of this upload."""
    return HttpResponseRedirect(reverse(f"{desk.space}:{name}", args=[upload.pk]) + query)


def saved(value: str) -> str:
    """A part of an address or form, without what no database or page can hold."""
    return value.replace("\0", "")[:300]


def whole(value: str, least: int = 1) -> int:
    """A number of an address; `least` of what is none."""
    told = int(value) if value.isascii() and value.isdigit() and len(value) < 9 else least
    return max(least, told)

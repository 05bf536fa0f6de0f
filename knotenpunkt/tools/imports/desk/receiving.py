"""Taking a file in without ever holding more of it than is allowed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

MAX_MEGABYTES = 20
MAX_BYTES = MAX_MEGABYTES * 1024 * 1024
# The form around the file.
_BESIDE = 1024 * 1024
_PIECE = 64 * 1024
# A browser shows the answer only when it may finish sending; a patient attacker is cut off.
_DRAIN_BYTES, _DRAIN_SECONDS = 300 * 1024 * 1024, 20.0

View = Callable[..., HttpResponse]


class QuotaHandler(TemporaryFileUploadHandler):
    """Writes a file to the disk and stops as soon as it is too large."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > MAX_BYTES:
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        return super().file_complete(file_size) if self.received <= MAX_BYTES else None


def with_quota(refused: View) -> Callable[[View], View]:
    """Let a view take files of the allowed size; for others `refused` answers, nothing is read.

    It stands outermost: whoever reads the form first decides where its files go.
    """

    def limit(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            if _announced(request) > MAX_BYTES + _BESIDE:
                _drain(request)
                return refused(request, *args, **kwargs)
            request.upload_handlers = [QuotaHandler(request)]
            return view(request, *args, **kwargs)

        return limited

    return limit


def too_large() -> str:
    """What is said then."""
    return _(
        "The file is larger than %(megabytes)d megabytes. Please take out pictures and sheets that"
        " do not belong to the list, or part it into several files."
    ) % {"megabytes": MAX_MEGABYTES}


def _announced(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isascii() and told.isdigit() else 0


def _drain(request: HttpRequest) -> None:
    """Let what was sent pass by, in small pieces, so that the browser gets to its answer."""
    left, until = min(_announced(request), _DRAIN_BYTES), time.monotonic() + _DRAIN_SECONDS
    try:
        while left > 0 and time.monotonic() < until and (piece := request.read(_PIECE)):
            left -= len(piece)
    except OSError:  # the browser has gone
        return

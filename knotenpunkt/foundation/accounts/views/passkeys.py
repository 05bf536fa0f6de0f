"""One conversation between browser and server for every use of a passkey.

The script of the page asks by POST for a task (JSON), has the browser solve it, and sends the form
with the solution in `credential`.
"""

from __future__ import annotations

import struct
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse

SOLUTION = "credential"
# What reading bytes raises that no browser would send.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error)


def asks_for_task(request: HttpRequest) -> bool:
    """Whether the script wants the task now, and has no solution yet."""
    return request.method == "POST" and request.POST.get(SOLUTION) == ""


def has_solution(request: HttpRequest) -> bool:
    """Whether this form brings one."""
    return request.method == "POST" and bool(request.POST.get(SOLUTION))


def task(options: dict[str, Any]) -> JsonResponse:
    """What the browser shall do."""
    return JsonResponse(options)


def fits(form: BaseForm) -> bool:
    """Whether the solution is right; one that cannot even be read is not."""
    try:
        return form.is_valid()
    except UNREADABLE:
        return False

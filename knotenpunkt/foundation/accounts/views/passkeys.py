"""One conversation between browser and server for every use of a passkey.

The script of the page asks by POST for a task (JSON), has the browser solve it, and sends the form
with the solution in `credential`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

SOLUTION = "credential"


def asks_for_task(request: HttpRequest) -> bool:
    """Whether the script wants the task now, and has no solution yet."""
    return request.method == "POST" and request.POST.get(SOLUTION) == ""


def has_solution(request: HttpRequest) -> bool:
    """Whether this form brings one."""
    return request.method == "POST" and bool(request.POST.get(SOLUTION))


def task(options: dict[str, Any]) -> JsonResponse:
    """What the browser shall do."""
    return JsonResponse(options)

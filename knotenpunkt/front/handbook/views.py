"""The pages of the handbook. `von` in the address is the page of the desk one came from."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.front.handbook.reading import Chapter, chapters
from knotenpunkt.front.handbook.searching import Hit, search
from knotenpunkt.front.handbook.ways import FROM, came_from

LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Way:
    """A chapter or section to go to."""

    label: str
    url: str
    text: str = ""


@require_safe
@members_only()
def contents(request: DeskRequest) -> HttpResponse:
    """What the handbook holds, or where it says what is looked for."""
    back = came_from(request)
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_SEARCH].strip()
    hits = [_found(hit, back) for hit in search(typed)]
    told = [_way(one, back) for one in chapters()]
    context = {"chapters": told, "typed": typed, "hits": hits, "back": back, "from": FROM}
    return render(request, "handbook/contents.html", context)


@require_safe
@members_only()
def chapter(request: DeskRequest, key: str) -> HttpResponse:
    """One chapter, with the way to the next one."""
    place = next((at for at, one in enumerate(chapters()) if one.key == key), None)
    if place is None:
        raise Http404
    back, one = came_from(request), chapters()[place]
    context = {
        "chapter": one,
        "sections": [
            (section, list(section.parts(lambda key, mark: _address(key, back, mark))))
            for section in one.sections
        ],
        "previous": _way(chapters()[place - 1], back) if place else None,
        "next": _way(chapters()[place + 1], back) if place + 1 < len(chapters()) else None,
        "contents_url": _contents(back),
        "back": back,
    }
    return render(request, "handbook/chapter.html", context)


def _way(one: Chapter, back: str) -> Way:
    return Way(one.title, _address(one.key, back), one.lead)


def _found(hit: Hit, back: str) -> Way:
    if not hit.section.title:
        return Way(hit.chapter.title, _address(hit.chapter.key, back), hit.excerpt)
    url = _address(hit.chapter.key, back, f"#{hit.section.mark}")
    return Way(f"{hit.chapter.title}: {hit.section.title}", url, hit.excerpt)


def _address(key: str, back: str, mark: str = "") -> str:
    return f"{reverse('handbook:chapter', args=[key])}{_kept(back)}{mark}"


def _contents(back: str) -> str:
    return f"{reverse('handbook:contents')}{_kept(back)}"


def _kept(back: str) -> str:
    return f"?{urlencode({FROM: back})}" if back else ""

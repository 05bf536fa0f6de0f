"""The badge for partners: to look at, to take along, and how to use it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from knotenpunkt.foundation.accounts.gate import DeskRequest, members_only
from knotenpunkt.foundation.networks.addresses import address
from knotenpunkt.registers.library import badge


@require_safe
@members_only()
def badges(request: DeskRequest) -> HttpResponse:
    """All variants, the text to it, and the rules."""
    return render(request, "library/badges.html", _context(request))


def _context(request: DeskRequest) -> dict[str, Any]:
    network = request.network
    explained = request.build_absolute_uri(address(network, "library:partners"))
    alternative = badge.alternative(network)
    labels = {
        "quer": _("Wide, for light ground"),
        "quer-dunkel": _("Wide, for dark ground"),
        "hoch": _("Tall, for light ground"),
        "hoch-dunkel": _("Tall, for dark ground"),
    }
    return {
        "variants": [
            {"label": labels[one.key], "is_dark": one.is_dark, "key": one.key,
             "url": reverse("library:badge", args=[one.key])}
            for one in badge.VARIANTS
        ],
        "alternative": alternative,
        "explained_url": explained,
        "snippet": f'<a href="{explained}"><img src="netzwerkpartner-quer.svg" '
        f'alt="{alternative}" width="258" height="68"></a>',
        "rules": rules(network.name),
    }  # fmt: skip


def rules(network: str) -> list[str]:
    """How partners use the badge."""
    return [
        _("Only partners of the network show the badge: on their website, their leaflets, at the"
          " door."),
        _("Please leave it as it is: colours, words and proportions belong together."),
        _("Leave some room around it, at least as much as the mark is wide by half."),
        _("On a website it leads to the page that says what a partner is, and has the text for"
          " people who cannot see it."),
        _("It says that you work in the network, not that somebody has tested your offers."),
        _("Whoever leaves the network takes the badge down."),
    ]  # fmt: skip


@require_safe
@members_only()
def picture(request: DeskRequest, key: str) -> HttpResponse:
    """One variant as SVG."""
    try:
        content = badge.drawn(request.network, key)
    except KeyError as missing:
        raise Http404 from missing
    answer = HttpResponse(content, content_type="image/svg+xml")
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_safe
@members_only()
def pack(request: DeskRequest) -> HttpResponse:
    """All of it as one file."""
    told = _context(request)
    text = "\n".join([
        request.network.name, "", _("How to use the badge"), "",
        *(f"- {rule}" for rule in told["rules"]), "",
        _("Text for people who cannot see it: %(text)s") % {"text": told["alternative"]},
        _("What a partner is: %(url)s") % {"url": told["explained_url"]}, "",
    ])  # fmt: skip
    answer = HttpResponse(badge.pack(request.network, text), content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="netzwerkpartner-zeichen.zip"'
    return answer

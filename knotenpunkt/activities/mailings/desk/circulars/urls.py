"""Addresses of circulars at the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from knotenpunkt.activities.mailings.desk.circulars import overview, sending, showing, writing

ONE = "desk/rundschreiben/<uuid:circular_id>/"

of_circulars: list[URLPattern] = [
    path("desk/rundschreiben/", overview.circular_listing, name="circulars"),
    path("desk/rundschreiben/neu/", writing.write, name="circular_new"),
    path("desk/rundschreiben/erreicht/", writing.count, name="circular_count"),
    path("desk/rundschreiben/einstellungen/", overview.settings_page, name="settings"),
    path(ONE, showing.circular, name="circular"),
    path(f"{ONE}bearbeiten/", writing.write, name="circular_edit"),
    path(f"{ONE}loeschen/", writing.throw_away, name="circular_discard"),
    path(f"{ONE}text/", showing.text, name="circular_text"),
    path(f"{ONE}stand/", showing.progress, name="circular_progress"),
    path(f"{ONE}senden/", sending.send, name="circular_send"),
    path(f"{ONE}beenden/", sending.stop, name="circular_stop"),
    path(f"{ONE}nachfassen/", sending.follow_up, name="circular_follow_up"),
    path(f"{ONE}als-brief/", sending.by_letter, name="circular_by_letter"),
    path(f"{ONE}tun/<slug:deed>/", sending.do, name="circular_do"),
]

"""A live catalogue of all components, and four sample pages, for those who build pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knotenpunkt.design import samples
from knotenpunkt.design.templatetags.design import STATUS_SHAPES, icon_names
from knotenpunkt.design.theme import (
    DARK_SURFACE,
    INK,
    Palette,
    contrast,
    dark_palette,
    light_palette,
    theme_css,
)

SAMPLE_PAGES = ("start", "results", "detail", "desk", "error")


class SampleForm(forms.Form):
    """Every kind of field in every state."""

    title = forms.CharField(label="Name of the offer", help_text="As families would call it.")
    about = forms.CharField(label="What is it about?", widget=forms.Textarea, required=False)
    town = forms.CharField(label="Postal code", max_length=5)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Counselling"), ("b", "Meeting place")])
    days = forms.MultipleChoiceField(
        label="Days",
        choices=[("0", "Monday"), ("1", "Tuesday"), ("2", "Wednesday")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cost = forms.ChoiceField(
        label="Cost", choices=[("free", "free"), ("fee", "costs something")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    agreed = forms.BooleanField(label="The details are right", help_text="Families rely on it.")


def catalogue(request: HttpRequest) -> HttpResponse:
    context = samples.layout() | samples.everything() | samples.desk()
    context |= {
        "crumbs": [{"label": "Start", "url": "?"}, {"label": "Catalogue"}],
        "swatches": [name.replace("_", "-") for name in Palette.__slots__] + ["warm", "dot"],
        "icons": [name for name in icon_names() if not name.startswith(("life-", "topic-"))],
        "pictures": [name for name in icon_names() if name.startswith(("life-", "topic-"))],
        "states": [(state, state.capitalize()) for state in STATUS_SHAPES],
        "form": SampleForm(),
        "wrong_form": _wrong_form(),
        "contrasts": [
            ("Light", _contrasts(light_palette(samples.ACCENT), "#ffffff", INK, "#4b5d59")),
            ("Dark", _contrasts(dark_palette(samples.ACCENT), DARK_SURFACE, "#edf4f2", "#afc1bc")),
        ],
        "sample_pages": SAMPLE_PAGES,
    }
    return render(request, "design/catalogue/index.html", context)


def sample(request: HttpRequest, page: str) -> HttpResponse:
    if page not in SAMPLE_PAGES:
        raise Http404
    context = samples.layout() | samples.everything() | {"code": 404}
    if page == "desk":
        context |= samples.desk()
    name = "design/error.html" if page == "error" else f"design/catalogue/{page}.html"
    return render(request, name, context)


def theme(request: HttpRequest) -> HttpResponse:
    """What a network's style sheet looks like, for a colour tried out in the address."""
    accent = "#" + request.GET.get("farbe", samples.ACCENT.removeprefix("#"))
    try:
        return HttpResponse(theme_css(accent), content_type="text/css")
    except ValueError as error:
        raise Http404 from error


def _wrong_form() -> SampleForm:
    form = SampleForm({"title": "Eltern-Café", "town": "", "kind": "a", "cost": "free"})
    form.is_valid()
    return form


def _contrasts(palette: Palette, page: str, ink: str, muted: str) -> list[dict[str, Any]]:
    """Measured contrast of each pair that text is set in."""
    pairs = (
        ("Text", ink, page),
        ("Quiet text on tint 2", muted, palette.tint_2),
        ("Accent on the page", palette.accent, page),
        ("Accent on tint 2", palette.accent, palette.tint_2),
        ("Strong accent on tint 3", palette.accent_strong, palette.tint_3),
        ("Text on accent", palette.on_accent, palette.accent),
        ("Text on the foot", "#f1f7f5", palette.foot),
    )
    return [
        {"name": name, "front": front, "ground": ground, "ratio": f"{contrast(front, ground):.1f}"}
        for name, front, ground in pairs
    ]

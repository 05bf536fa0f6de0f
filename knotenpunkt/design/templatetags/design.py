"""Template tags of the design: icons, the lines of a network's name, form widgets."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select
from django.forms.widgets import CheckboxSelectMultiple, ChoiceWidget, MultiWidget, RadioSelect
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from knotenpunkt.design.drawn import drawn_part, offer_card
from knotenpunkt.design.texts import TextIn, marked

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "templates" / "design" / "icons"

# KERN's buttons first, ours where it has none.
BUTTON_CLASSES = {
    "primary": "kern-btn--primary",
    "secondary": "kern-btn--secondary",
    "quiet": "kern-btn--tertiary",
    "plain": "kp-btn--plain",
    "tint": "kp-btn--tint",
    "danger": "kp-btn--danger",
}

# Shape and tone of each state word: a state is never told by colour alone.
STATUS_SHAPES = {
    "published": ("full", "good"),
    "active": ("full", "good"),
    "waiting": ("half", "good"),
    "draft": ("dotted", "quiet"),
    "withdrawn": ("ring", "quiet"),
    "none": ("ring", "quiet"),
    "stale": ("triangle", "warn"),
    "missing": ("triangle", "warn"),
    "rejected": ("diamond", "bad"),
}


def icon_names() -> list[str]:
    """All icons, for the catalogue."""
    return sorted(path.stem for path in ICONS.glob("*.svg"))


@cache
def _icon_parts(name: str) -> tuple[str, str]:
    """Attributes and inner drawing of an icon's file; an unknown name fails loudly."""
    source = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    match = re.match(r"<svg xmlns=\S+ (.*?)>(.*)</svg>", source, re.DOTALL)
    if match is None:
        raise ValueError(f"{name}.svg is not drawn like the other icons")
    return match[1], match[2]


@register.simple_tag
def icon(name: str, label: str = "", size: str = "", flip: bool = False) -> SafeString:
    """An inline drawing: silent beside a word, named by ``label`` where it stands alone.

    ``size`` is "" (grows with the text), "large" or "picture"; ``flip`` mirrors an arrow in
    languages that run from right to left.
    """
    attributes, drawing = _icon_parts(name)
    classes = "kp-icon" + (f" kp-icon--{size}" if size else "") + (" kp-flip" if flip else "")
    named = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return mark_safe(  # noqa: S308 - the file is our own, the label is escaped above
        f'<svg class="{conditional_escape(classes)}" {named} focusable="false" {attributes}>'
        f"{drawing}</svg>"
    )


@register.simple_tag(takes_context=True)
def drawn_card(context: template.Context, offer: Any) -> SafeString:
    """``_offer_card.html`` for many cards on a page; see ``design/drawn.py``."""
    return offer_card(offer, str(context.get("partners_url") or ""))


@register.simple_tag
def drawn(template_name: str, **values: Any) -> SafeString:
    """Like ``include … only``, but drawn once for the same values; see ``design/drawn.py``."""
    return drawn_part(template_name, values)


@register.filter
def lang(text: Any, language: str = "") -> Any:
    """A text in its own language: the one that it knows itself (`TextIn`), or the one named."""
    return marked(TextIn(text, language) if text and language else text)


@register.simple_tag
def name_lines(name: str, short_name: str = "") -> tuple[str, str]:
    """A network's name on two lines: what it is, and where. "…Frühe Hilfen" | "Mittelsachsen"."""
    name, short_name = str(name), str(short_name)
    if short_name and name.endswith(f" {short_name}"):
        return name.removesuffix(short_name).strip(), short_name
    return name, "" if short_name in name else short_name


@register.simple_tag
def status_shape(state: str) -> tuple[str, str]:
    """(shape, tone) of a state word; see ``STATUS_SHAPES``."""
    return STATUS_SHAPES[state]


@register.simple_tag(takes_context=True)
def button_class(context: template.Context) -> str:
    """Classes of a button from what ``_button.html`` was included with; all may be missing."""
    classes = ["kern-btn", BUTTON_CLASSES[context.get("variant") or "primary"]]
    if context.get("size"):
        classes.append(f"kp-btn--{context['size']}")
    if context.get("wide"):
        classes.append("kern-btn--block")
    if context.get("stacked"):
        classes.append("kp-btn--stacked")
    return " ".join(classes)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether a form field is one tick box, whose label stands behind it."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether a form field is several boxes or inputs that need a common heading."""
    widgets = (RadioSelect, CheckboxSelectMultiple, MultiWidget)
    return isinstance(field.field.widget, widgets)


@register.filter
def widget(field: BoundField) -> SafeString:
    """A form field's control in KERN's clothes, tied to its hint and its error."""
    attrs: dict[str, Any] = {}
    if not isinstance(field.field.widget, CheckboxInput):
        attrs["class"] = _widget_class(field)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if field.help_text or field.errors:
        attrs["aria-describedby"] = described_by(field)
    return field.as_widget(attrs=attrs)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of a field's hint and error, as far as it has them."""
    hint = [f"{field.auto_id}_hint"] if field.help_text else []
    error = [f"{field.auto_id}_error"] if field.errors else []
    return " ".join(hint + error)


def _widget_class(field: BoundField) -> str:
    own = str(field.field.widget.attrs.get("class", ""))
    control = field.field.widget
    if isinstance(control, ChoiceWidget) and not isinstance(control, Select):
        return own
    kind = "kern-form-input__select" if isinstance(control, Select) else ""
    return " ".join(filter(None, ["kern-form-input__input", kind, own]))

"""Writes to networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knotenpunkt.design.theme import check_accent
from knotenpunkt.foundation.networks.models import LANDS, Network
from knotenpunkt.foundation.networks.senders import checked_mail_address, checked_mail_name


def create_network(
    *,
    slug: str,
    name: str,
    short_name: str = "",
    area_keys: Sequence[str] = (),
    accent: str = "",
    **details: object,
) -> Network:
    """Create a network; ValidationError with a sentence for people when something is wrong."""
    slug = slug.strip().lower()
    _refuse_unnamed(slug, name)
    _refuse_taken(slug)
    network = Network(
        slug=slug,
        name=name.strip(),
        short_name=(short_name or name).strip(),
        area_keys=[checked_area_key(key) for key in area_keys],
        **details,
    )
    if accent:
        network.accent = checked_accent(accent)
    network.full_clean()
    network.save(force_insert=True)
    return network


def _refuse_unnamed(*names: str) -> None:
    if not all(name.strip() for name in names):
        raise ValidationError(_("A network needs a short name and a name."))


def _refuse_taken(slug: str) -> None:
    if Network.objects.filter(slug=slug).exists():
        raise ValidationError(
            _("There is already a network “%(slug)s”. Please choose another short name.")
            % {"slug": slug}
        )


def checked_area_key(key: str) -> str:
    """An AGS key of 2 to 8 digits, as text: Peine is "03157"."""
    cleaned = key.strip()
    if not (cleaned.isascii() and cleaned.isdigit()) or not 2 <= len(cleaned) <= 8:
        raise ValidationError(
            _("“%(key)s” is not an area key. It has 2 to 8 digits, such as 14522.") % {"key": key}
        )
    if cleaned[:2] not in LANDS:
        raise ValidationError(
            _("The area key “%(key)s” is unknown: no Land has the number %(land)s.")
            % {"key": key, "land": cleaned[:2]}
        )
    return cleaned


def checked_accent(accent: str) -> str:
    """A colour like "#0B5D55" that stays readable wherever the design uses it."""
    try:
        problems = check_accent(accent)
    except ValueError as problem:
        raise ValidationError(
            _("“%(accent)s” is not a colour. Write it like #0B5D55.") % {"accent": accent}
        ) from problem
    if problems:
        raise ValidationError(problems)
    return accent.upper()


def change_network(*, network: Network, **values: Any) -> Network:
    """Change the given fields; ValidationError with a sentence when something is wrong."""
    _refuse_unnamed(values.get("name", network.name))
    if "area_keys" in values:
        values["area_keys"] = [checked_area_key(key) for key in values["area_keys"]]
    if "accent" in values:
        values["accent"] = checked_accent(values["accent"])
    if "mail_address" in values:
        values["mail_address"] = checked_mail_address(values["mail_address"])
    if "mail_name" in values:
        values["mail_name"] = checked_mail_name(values["mail_name"])
    for field, value in values.items():
        setattr(network, field, value)
    network.full_clean()
    network.save()
    return network

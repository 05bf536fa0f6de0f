"""Profiles: a mapping that somebody wrote down, as a file, or that was remembered by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from knotenpunkt.tools.imports.columns import Wishes
from knotenpunkt.tools.imports.readers.files import json_document
from knotenpunkt.tools.imports.tables import UnreadableFile


class UnfitProfile(UnreadableFile):
    """A profile that does not make sense; the text says what to change."""


@dataclass(frozen=True, slots=True)
class ProfileDraft:
    """A profile as plain values. `name` and `source` may be empty."""

    name: str = ""
    source: str = ""
    wishes: Wishes = field(default_factory=Wishes)

    def as_json(self) -> dict[str, Any]:
        """What a profile file holds."""
        columns = {key: list(names) for key, names in self.wishes.columns.items()}
        return {
            "name": self.name,
            "source": self.source,
            "columns": columns,
            "fixed": self.wishes.fixed,
        }


def read_profile(path: Path, fields: Collection[str]) -> ProfileDraft:
    """A profile file: `{"name", "source", "columns": {field: column(s) or null}, "fixed": {…}}`."""
    try:
        document = json_document(path.read_bytes())
    except OSError as error:
        raise UnfitProfile(
            _("The profile “%(name)s” cannot be opened.") % {"name": path.name}
        ) from error
    return profile_from(document, fields, default_name=path.stem)


def profile_from(document: Any, fields: Collection[str], *, default_name: str = "") -> ProfileDraft:
    """Check a profile's JSON and name everything that does not fit."""
    if not isinstance(document, dict):
        raise UnfitProfile(_("A profile is a JSON object with “columns”."))
    columns, fixed = document.get("columns") or {}, document.get("fixed") or {}
    if not isinstance(columns, dict) or not isinstance(fixed, dict):
        raise UnfitProfile(_("“columns” and “fixed” of a profile are JSON objects."))
    unknown = sorted({str(key) for key in (*columns, *fixed)} - set(fields))
    if unknown:
        raise UnfitProfile(
            _("The profile names unknown fields: %(unknown)s. Known are: %(known)s.")
            % {"unknown": ", ".join(unknown), "known": ", ".join(fields)}
        )
    wishes = Wishes(
        columns={str(key): _names(value) for key, value in columns.items()},
        fixed={str(key): str(value) for key, value in fixed.items()},
    )
    return ProfileDraft(_word(document, "name") or default_name, _word(document, "source"), wishes)


def _names(value: Any) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    return tuple(str(name) for name in value) if isinstance(value, list) else (str(value),)


def _word(document: dict[str, Any], key: str) -> str:
    value = document.get(key)
    return value.strip() if isinstance(value, str) else ""

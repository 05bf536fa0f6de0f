"""The logos of networks: files in the data folder, named by what is in them.

A new logo so gets a new address and is seen at once, however long browsers keep the old one.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from knotenpunkt.foundation.networks.models import Network

TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
SIGNS = {".svg": b"<svg", ".png": b"\x89PNG\r\n\x1a\n"}


def stored(name: str) -> Path:
    """Where the logo of that name lies."""
    return Path(settings.DATA_DIR) / "logos" / Path(name).name


def name_for(network: Network, file: Path) -> str:
    """The name under which the file is kept; ValidationError when it is no SVG and no PNG."""
    suffix, content = file.suffix.lower(), file.read_bytes()
    if suffix not in TYPES or SIGNS[suffix] not in content:
        raise ValidationError(_("A logo is an SVG or PNG file."))
    return f"{network.pk}-{hashlib.sha256(content).hexdigest()[:12]}{suffix}"


def keep(file: Path, name: str) -> None:
    """Copy the file into the data folder."""
    stored(name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, stored(name))


def drop(name: str) -> None:
    """Delete a logo that no network has any more."""
    stored(name).unlink(missing_ok=True)

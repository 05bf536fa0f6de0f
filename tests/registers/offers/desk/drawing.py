"""Pictures for tests, drawn on the spot."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def drawn(width: int = 800, height: int = 600, kind: str = "WEBP", **options: Any) -> bytes:
    """A picture as a file; `options` go to Pillow, such as exif."""
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(written, kind, **options)
    return written.getvalue()

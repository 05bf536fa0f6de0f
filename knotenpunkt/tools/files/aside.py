"""A picture that came with a form which still lacks something: kept for an hour, under a mark.

The mark goes into the form in place of the file, which no browser sends a second time by itself.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from knotenpunkt.tools.files.actions import keep_file
from knotenpunkt.tools.files.models import StoredFile
from knotenpunkt.tools.files.pictures import Rendering, measured
from knotenpunkt.tools.files.queries import content_of

WEBP = "image/webp"
KEPT = timedelta(hours=1)
SALT = "files.aside"


def set_aside(large: Rendering, small: Rendering, *, owner: str) -> str:
    """Keep both renderings and return their mark; only who names the same owner takes them up."""
    until = timezone.now() + KEPT
    files = [
        keep_file(name="bild.webp", content_type=WEBP, content=one.content, until=until)
        for one in (large, small)
    ]
    return signing.dumps([owner, *(str(file.pk) for file in files)], salt=SALT)


def taken_up(mark: str, *, owner: str) -> tuple[Rendering, Rendering] | None:
    """The picture behind a mark; None when it is gone, or somebody else's."""
    try:
        kept_for, *files = signing.loads(mark, salt=SALT, max_age=KEPT)
        contents = [content_of(one) for one in files] if kept_for == owner else []
    except (signing.BadSignature, StoredFile.DoesNotExist):
        return None
    return (measured(contents[0]), measured(contents[1])) if len(contents) == 2 else None

"""Relaxed for work on the product itself: error pages, the catalogue, unhashed static files."""

from __future__ import annotations

from config.installation import refuse_unsafe
from config.settings.base import *  # noqa: F403
from config.settings.base import HOSTS, MIDDLEWARE, SECRET_KEY, STORAGES

DEBUG = True
refuse_unsafe(HOSTS, SECRET_KEY, DEBUG)
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

"""A harsh test room: undefined template variables fail, mail and static files stay in memory."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("KNOTENPUNKT_DATA", tempfile.mkdtemp(prefix="knotenpunkt-test-"))
# Of processes that test side by side each has a folder of its own, as it has its own database.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["KNOTENPUNKT_DATA"] += f"/{os.environ['PYTEST_XDIST_WORKER']}"

from config.installation import SQLITE
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, MIDDLEWARE, STORAGES, TEMPLATES
from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

# Before Django reads them for the first time: it remembers a catalogue that was not there.
compile_stale_catalogues()


class LoudUndefined(str):
    """Stands in for a template variable that does not exist, and fails when it is printed."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __mod__(self, missing: Any) -> str:
        raise AssertionError(f"Undefined template variable: {missing}")


SECRET_KEY = "only-for-tests"  # noqa: S105
SEARCH_COUNT_SECONDS = 0.0  # a thread of its own would write beside a test
DATA_DIR = Path(os.environ["KNOTENPUNKT_DATA"])
# Every test run would encode the whole lexicon anew.
VECTORS_DIR = str(Path(tempfile.gettempdir()) / "knotenpunkt-vectors")
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = LoudUndefined()  # type: ignore[index]

if "owner" in DATABASES:
    # Inside a test's transaction the three logins could not see each other's rows, so one stands
    # in for all. tests/house/test_second_lock.py and the journeys use the real credentials.
    DATABASES = {"default": DATABASES["owner"] | {"CONN_MAX_AGE": 0}}
    ALL_NETWORKS_DATABASE = OWNER_DATABASE = "default"
elif DATABASES["default"]["ENGINE"] == SQLITE:
    # It lies in memory, where nobody waits in line; by this name pytest-django gives each process
    # one of its own.
    DATABASES = {"default": DATABASES["default"] | {"ENGINE": "django.db.backends.sqlite3"}}

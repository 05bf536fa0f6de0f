"""A public installation is safe as it comes, and cannot be started otherwise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.installation import refuse_unsafe
from config.options import UnusableSetting
from tests.installations import CONSOLE, ROOT

HOST = "netz.example.org"
LONG = "abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEF"
# What Django would like besides: it is for the owner of the domain to decide about other hosts.
FOR_THE_OWNER_OF_THE_DOMAIN = {"security.W005", "security.W021"}
SAFE = {
    "DEBUG": False,
    "ALLOWED_HOSTS": [HOST],
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "X_FRAME_OPTIONS": "DENY",
    "PROXIES": 0,
    "SECURE_PROXY_SSL_HEADER": None,
    "METRICS_TOKEN": "",
}
PRINTED = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
names = {names}
told = [one.id for one in run_checks(include_deployment_checks=True)]
print(json.dumps([{{name: getattr(settings, name) for name in names}}, told]))
"""


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "KNOTENPUNKT_DATA": str(folder),
        "KNOTENPUNKT_HOSTS": HOST,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        **settings,
    }


def test_what_nobody_set_is_safe(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTED.format(names=list(SAFE))],
        cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found, told = json.loads(done.stdout)
    assert found == SAFE
    assert set(told) <= FOR_THE_OWNER_OF_THE_DOMAIN


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"DJANGO_SETTINGS_MODULE": "config.settings.development"}, "Development settings"),
        ({"DJANGO_SETTINGS_MODULE": "config.settings.test"}, "SECRET_KEY"),
        ({"KNOTENPUNKT_HOSTS": "*"}, "one by one"),
        ({"KNOTENPUNKT_HOSTS": "*.example.org"}, "one by one"),
        ({"KNOTENPUNKT_HOSTS": ".example.org"}, "one by one"),
        ({"KNOTENPUNKT_SECRET_KEY": "short"}, "too short"),
        ({"KNOTENPUNKT_SECRET_KEY": "geheim" * 10}, "guessed"),
        ({"KNOTENPUNKT_SECRET_KEY": f"django-insecure-{LONG}"}, "guessed"),
        ({"KNOTENPUNKT_BEHIND_PROXY": "perhaps"}, "KNOTENPUNKT_BEHIND_PROXY"),
    ],
    ids=str,
)
def test_it_does_not_start_with_what_is_not(
    settings: dict[str, str], why: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [str(CONSOLE), "network", "list"],
        cwd=ROOT, env=environment(tmp_path, **settings), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2 and why in done.stderr and "Traceback" not in done.stderr


def test_nor_under_another_server(tmp_path: Path) -> None:
    """gunicorn, uwsgi or mod_wsgi import config.wsgi by themselves."""
    unsafe = environment(tmp_path, DJANGO_SETTINGS_MODULE="config.settings.test")
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT, env=unsafe, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0 and "UnusableSetting" in done.stderr


def test_a_good_key_of_one_s_own_is_taken() -> None:
    refuse_unsafe([HOST], LONG, False)
    with pytest.raises(UnusableSetting):
        refuse_unsafe([HOST], "ab" * 40, False)

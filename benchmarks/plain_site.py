"""A Django site with one page, as bare as it can be: what our pages are compared with.

    python -m benchmarks.plain_site PORT WORKERS

One query, twenty rows, one small template in one language, the middleware that every new project
begins with, and the same server. It reads the product's own table of offers.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from gunicorn.app.base import BaseApplication

from config.installation import databases
from config.options import Environment

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Angebote</title></head>
<body><h1>Angebote</h1><ul>{% for offer in offers %}<li><h2><a href="/{{ offer.pk }}/">{{
offer.title }}</a></h2><p>{{ offer.summary }}</p><p>{{ offer.kind }}, {{ offer.costs }}</p></li>
{% endfor %}</ul></body></html>"""
LOADER = ("django.template.loaders.locmem.Loader", {"list.html": PAGE})


def configure() -> None:
    """The settings of a new project, over the database of the installation."""
    found = databases(Environment(os.environ), Path(os.environ["KNOTENPUNKT_DATA"]))
    settings.configure(
        DATABASES={"default": found.get("owner", found["default"])},
        SECRET_KEY="of-a-benchmark",  # noqa: S106
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages")
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.cached.Loader", [LOADER])]},
            }
        ],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


urlpatterns: list[URLPattern] = []


def offers(model: Any, request: HttpRequest) -> HttpResponse:
    """The first twenty."""
    return render(request, "list.html", {"offers": model.objects.order_by("title")[:20]})


def offer_model() -> type[models.Model]:
    """The product's table of offers, as far as the page shows it."""
    fields = {name: models.TextField() for name in ("title", "summary", "kind", "costs")}
    told = {"app_label": "benchmarks", "db_table": "offers_offer", "managed": False}
    key = models.UUIDField(primary_key=True)
    meta = type("Meta", (), told)
    return type(
        "Offer", (models.Model,), {"__module__": __name__, "Meta": meta, "id": key, **fields}
    )


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with the same kind and number of workers as ours."""

    def __init__(self, port: int, workers: int) -> None:
        self.port, self.workers = port, workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": [f"127.0.0.1:{self.port}"],
            "workers": self.workers,
            "preload_app": True,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


if __name__ == "__main__":
    configure()
    urlpatterns.append(path("", partial(offers, offer_model())))
    Server(int(sys.argv[1]), int(sys.argv[2])).run()

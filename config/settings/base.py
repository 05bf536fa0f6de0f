"""Production. Development and test only relax what stands here.

Without configured hosts the product runs in *local mode*: plain http on this machine only.
With `KNOTENPUNKT_HOSTS` it is a public installation and refuses unsafe settings.
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from config.installation import (
    backup_folder,
    data_folder,
    databases,
    kept_secret,
    proxies,
    refuse_unsafe,
    security_contact,
    tile_hosts,
    writes_json,
)
from config.options import Environment, unknown_settings
from config.settings.mail import *  # noqa: F403
from config.settings.public_pages import *  # noqa: F403
from config.settings.sign_in import *  # noqa: F403
from config.settings.translator import *  # noqa: F403
from knotenpunkt.foundation.core import languages

# Read when numpy is first imported. Threads of linear algebra only help on an idle machine; on a
# busy one they wait for each other, and a search takes twenty times as long.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "knotenpunkt"

ENVIRONMENT = Environment(os.environ)
UNKNOWN_SETTINGS = unknown_settings(os.environ)  # sentences, told by the console
DATA_DIR = data_folder(ENVIRONMENT)
HOSTS = ENVIRONMENT.names("KNOTENPUNKT_HOSTS")
LOCAL_MODE = not HOSTS

DEBUG = False
VECTORS_DIR = ENVIRONMENT.text("KNOTENPUNKT_VECTORS")
SECRET_KEY = ENVIRONMENT.text("KNOTENPUNKT_SECRET_KEY") or kept_secret(DATA_DIR, "django.key")
refuse_unsafe(HOSTS, SECRET_KEY, DEBUG)
# Seals what only few may read; made on first use (foundation/core/sealing.py).
BACKUP_DIR = backup_folder(ENVIRONMENT, DATA_DIR)
MASTER_KEY_FILE = Path(
    ENVIRONMENT.text("KNOTENPUNKT_MASTER_KEY_FILE") or DATA_DIR / "keys" / "master.json"
)
ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]
# Where links in mails lead; in local mode `knotenpunkt serve` puts its own port in.
SITE_ADDRESS = f"https://{HOSTS[0]}" if HOSTS else "http://localhost:8000"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "knotenpunkt.design",
    "knotenpunkt.foundation.networks",
    "knotenpunkt.foundation.accounts",
    "knotenpunkt.foundation.audit",
    "knotenpunkt.foundation.privacy",
    "knotenpunkt.tools.jobs",
    "knotenpunkt.tools.search",
    "knotenpunkt.tools.mail",
    "knotenpunkt.tools.lists",
    "knotenpunkt.tools.imports",
    "knotenpunkt.tools.files",
    "knotenpunkt.tools.documents",
    "knotenpunkt.tools.links",
    "knotenpunkt.tools.capacity",
    "knotenpunkt.registers.areas",
    "knotenpunkt.registers.partners",
    "knotenpunkt.registers.offers",
    "knotenpunkt.registers.pages",
    "knotenpunkt.registers.agreements",
    "knotenpunkt.registers.library",
    "knotenpunkt.registers.responsibilities",
    "knotenpunkt.activities.notes",
    "knotenpunkt.activities.inbox",
    "knotenpunkt.activities.upkeep",
    "knotenpunkt.activities.groups",
    "knotenpunkt.activities.mailings",
    "knotenpunkt.activities.campaigns",
    "knotenpunkt.front.operating",
    "knotenpunkt.front.handbook",
    "knotenpunkt.front.personal",
    "knotenpunkt.front.public",
    "knotenpunkt.front.desk",
]

MIDDLEWARE = [
    "knotenpunkt.front.operating.middleware.Noted",
    "knotenpunkt.front.operating.middleware.ByAnyName",
    "knotenpunkt.foundation.networks.middleware.HeadWithoutBody",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A page of results is 110 KB of text, 15 KB on its way.
    "knotenpunkt.foundation.networks.middleware.Compression",
    "csp.middleware.CSPMiddleware",
    "knotenpunkt.foundation.networks.middleware.PrivateHeaders",
    "knotenpunkt.foundation.networks.middleware.NetworkMount",
    "knotenpunkt.front.public.middleware.DependsOnLanguage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Before a form is read: what is too large or too much is not taken in.
    "knotenpunkt.front.operating.limits.Limits",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "knotenpunkt.foundation.accounts.middleware.WhoIsActing",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
NETWORK_URLCONF = "config.network_urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "knotenpunkt.front.public.context.layout",
                "knotenpunkt.front.desk.frame.frame",
            ],
        },
    },
]

DATABASES = databases(ENVIRONMENT, DATA_DIR)
# On SQLite one connection does everything; on PostgreSQL each has credentials of its own.
ALL_NETWORKS_DATABASE = "all_networks" if "all_networks" in DATABASES else "default"
OWNER_DATABASE = "owner" if "owner" in DATABASES else "default"
DATABASE_ROUTERS = ["knotenpunkt.foundation.networks.routing.ScopeRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all processes: how often somebody tried something, and nothing that must last.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        # Above it Django throws counts away that still hold somebody.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# A worker that says nothing for so long is taken for dead; an idle one looks so often.
JOB_LEASE_SECONDS = 60.0
JOB_LOOK_SECONDS = 1.0

# What was searched is counted in memory and written so often.
SEARCH_COUNT_SECONDS = 30.0

LANGUAGE_CODE = languages.FIRST
LANGUAGES = [(one.code, one.own_name) for one in languages.LANGUAGES]
LOCALE_PATHS = [PRODUCT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

FILE_UPLOAD_PERMISSIONS = 0o600  # Django would let everyone on the machine read them
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Maps draw the network's own outlines; tiles of a server are shown only when one is named.
MAP_TILES = {
    "url": ENVIRONMENT.text("KNOTENPUNKT_MAP_TILES"),
    "attribution": ENVIRONMENT.text("KNOTENPUNKT_MAP_ATTRIBUTION"),
}
TILE_HOSTS = tile_hosts(MAP_TILES["url"])

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "img-src": [SELF, "data:", "blob:", *TILE_HOSTS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # it ends with the browser, like everything a visit leaves behind
CSRF_FAILURE_VIEW = "knotenpunkt.front.public.views.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL_MODE
# Those who ask them are in the network of the machines, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^(health|ready|metrics)$"]
SECURE_HSTS_SECONDS = 0 if LOCAL_MODE else 60 * 60 * 24 * 365
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]
PROXIES = proxies(ENVIRONMENT)
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What one visitor may ask: pages that search (a minute, each process counts for itself) and forms
# that are sent without an account (in ten minutes, counted for all processes); 0 is without limit.
SEARCHES_A_MINUTE = ENVIRONMENT.number("KNOTENPUNKT_SEARCHES_A_MINUTE", 120)
FORMS_IN_TEN_MINUTES = ENVIRONMENT.number("KNOTENPUNKT_FORMS_IN_TEN_MINUTES", 60)

METRICS_TOKEN = ENVIRONMENT.text("KNOTENPUNKT_METRICS_TOKEN")
READY_NEEDS_WORKER = ENVIRONMENT.yes("KNOTENPUNKT_READY_NEEDS_WORKER")
SECURITY_CONTACT = security_contact(ENVIRONMENT.text("KNOTENPUNKT_SECURITY_CONTACT"))

# What is kept out of every log is decided in `foundation/core/logs.py`.
LOG_AS_JSON = writes_json(ENVIRONMENT.text("KNOTENPUNKT_LOG"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "knotenpunkt.foundation.core.logs.formatter", "as_json": LOG_AS_JSON}
    },
    "filters": {"not_ready": {"()": "knotenpunkt.foundation.core.logs.WithoutNotReady"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["not_ready"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # One line for each request, without who asked; programs read it, people would drown.
        "knotenpunkt.requests": {"level": "INFO" if LOG_AS_JSON else "WARNING"},
    },
}

# Places of an address that a network can never be called by.
RESERVED_SLUGS = frozenset(
    {"static", "api", "design", "gesundheit", "desk", "angebote", "anmelden", "admin", "metrics",
     "health", "ready", ".well-known", "robots.txt", "favicon.ico"}
    | {code for code, _name in LANGUAGES}
)  # fmt: skip

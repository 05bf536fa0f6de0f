"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.installation import refuse_unsafe
from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues
from knotenpunkt.foundation.networks.page_cache import PageCache
from knotenpunkt.front.operating.middleware import note_kept

os.umask(0o077)  # what this process writes is nobody else's on this machine
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
compile_stale_catalogues()
application = PageCache(
    get_wsgi_application(), most_bytes=settings.PAGE_CACHE_BYTES, noted=note_kept
)
# Also where settings beside the base changed them.
refuse_unsafe(settings.HOSTS, settings.SECRET_KEY, settings.DEBUG)

"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.installation import refuse_unsafe
from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

os.umask(0o077)  # what this process writes is nobody else's on this machine
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
compile_stale_catalogues()
application = get_wsgi_application()
# Also where settings beside the base changed them.
refuse_unsafe(settings.HOSTS, settings.SECRET_KEY, settings.DEBUG)

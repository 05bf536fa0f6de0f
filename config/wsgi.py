"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

os.umask(0o077)  # what this process writes is nobody else's on this machine
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
compile_stale_catalogues()
application = get_wsgi_application()

#!/usr/bin/env python
"""Django's own commands, for work on the product; an installation uses `knotenpunkt`."""

import os
import sys

from django.core.management import execute_from_command_line

from knotenpunkt.foundation.core.catalogues import compile_stale_catalogues

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    compile_stale_catalogues()
    execute_from_command_line(sys.argv)

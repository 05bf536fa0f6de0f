"""The service that translates texts of offers, where the installation names one."""

from __future__ import annotations

import os

from config.installation import translator
from config.options import Environment

_environment = Environment(os.environ)
TRANSLATOR, TRANSLATOR_URL = translator(_environment.text("KNOTENPUNKT_TRANSLATOR"))
TRANSLATOR_KEY = _environment.text("KNOTENPUNKT_TRANSLATOR_KEY")

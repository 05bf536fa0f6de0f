"""An installation with something of everything that a back-up must carry.

    python -m tests.front.operating.filled         asks for a call and prints the request's id
    python -m tests.front.operating.filled ID      prints the telephone number of that request

The second form needs the master key that sealed it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.installations import Installation

PHONE = "+493023125111"
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>'


def fill(installation: Installation, folder: Path) -> str:
    """Two networks with offers, a person, a logo and a sealed number; returns the request's id."""
    logo = folder / "logo.svg"
    logo.write_bytes(LOGO)
    for slug, ags, count in (("nord", "14522", "6"), ("sued", "03157", "2")):
        installation.done("network", "create", slug, "--name", f"Netz {slug}", "--ags", ags)
        run(installation, "tests.filling", slug, count, slug.title())
    installation.done("network", "change", "nord", "--logo", str(logo))
    return run(installation, __name__).strip()


def phone(installation: Installation, request: str) -> str:
    """The number as somebody at the desk would read it; "" when no key opens it."""
    result = installation.execute([sys.executable, "-m", __name__, request])
    return result.stdout.strip() if result.returncode == 0 else ""


def run(installation: Installation, module: str, *words: str) -> str:
    """A module as a process of the installation."""
    result = installation.execute([sys.executable, "-m", module, *words])
    assert result.returncode == 0, result.stderr
    return result.stdout


def _ask() -> str:
    from knotenpunkt.activities.inbox.actions import CallDraft, ask_for_call
    from knotenpunkt.foundation.accounts.actors import ANYONE
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    network = Network.objects.get(slug="nord")
    with in_network(network):
        draft = CallDraft(phone=PHONE, name="Frau Beispiel", text="Bitte am Vormittag.")
        return str(ask_for_call(actor=ANYONE, network=network, draft=draft).pk)


def _read(request: str) -> str:
    from knotenpunkt.activities.inbox.models import Concern
    from knotenpunkt.foundation.core.sealing import unsealed
    from knotenpunkt.foundation.networks.models import Network
    from knotenpunkt.foundation.networks.scope import in_network

    with in_network(Network.objects.get(slug="nord")):
        return unsealed(Concern.objects.get(pk=request), "phone")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    sys.stdout.write(_read(sys.argv[1]) if sys.argv[1:] else _ask())

"""What an installation holds, table by table, so that two can be compared.

    python -m tests.contents

Runs as a process of that installation and prints {table: [rows, hash of their values]}. It reads
by the product's own models, not by what back-ups are made of.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

from tests.installations import Installation

# Who is signed in is not restored.
LEFT_OUT = {"sessions.Session"}


def contents(installation: Installation) -> dict[str, list[Any]]:
    """The content of another installation."""
    result = installation.execute([sys.executable, "-m", "tests.contents"])
    assert result.returncode == 0, result.stderr
    found: dict[str, list[Any]] = json.loads(result.stdout)
    return found


def sizes(installation: Installation) -> dict[str, int]:
    """Rows of each table that has any."""
    return {name: rows for name, (rows, _hash) in contents(installation).items() if rows}


def own_contents() -> dict[str, tuple[int, str]]:
    """The content of this installation."""
    from django.apps import apps

    from knotenpunkt.foundation.networks.scope import all_networks

    with all_networks("comparing what there is"):
        return {
            model._meta.label: _told(model)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label not in LEFT_OUT
        }


def _told(model: Any) -> tuple[int, str]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.order_by("pk").values_list(*names)
    said = [repr([_plain(value) for value in row]) for row in rows]
    return len(said), hashlib.sha256("\n".join(said).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, dict):
        return json.dumps(value, sort_keys=True)  # PostgreSQL keeps no order of keys
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    django.setup()
    sys.stdout.write(json.dumps(own_contents()))

"""What the product is made of, for those who watch for weaknesses: CycloneDX 1.6 as JSON.

    python -m scripts.bill_of_materials [FILE]        # default: build/knotenpunkt.cdx.json

Names and hashes come from requirements.lock by way of `cyclonedx-bom`, licences from the installed
packages. What is copied into the repository (style sheets, scripts, fonts) is added from its own
list. The file is built, not kept: the lock it follows from is in the repository.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression, is_supported_id
from cyclonedx.validation.json import JsonStrictValidator

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENDORED = (
    ROOT / "knotenpunkt" / "design" / "static" / "vendor",
    ROOT / "knotenpunkt" / "tools" / "documents" / "vendor",
)
TARGET = ROOT / "build" / "knotenpunkt.cdx.json"
# | `htmx/` | htmx | 2.0.11 | 0BSD | …
VENDORED_ROW = re.compile(
    r"^\| `([\w-]+)/` \| ([^|,]+?)(?:,[^|]*)? \| ([^|]+) \| ([\w.-]+) \|", re.M
)
# What the packages themselves say in other words, or where they are not installed on this system.
LICENCES = {
    "colorama": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "django-csp": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}


class Incomplete(Exception):
    """Something has no licence, or the result is not what the standard asks for."""


def bill() -> dict[str, Any]:
    """The whole bill; Incomplete when a part of it is not known."""
    found: dict[str, Any] = json.loads(_from_lock())
    found["components"] = [*map(_with_licence, found["components"]), *_vendored()]
    if problems := JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(found)):
        raise Incomplete(str(problems))
    return found


def _from_lock() -> str:
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements", str(LOCK)]
    options = ["--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "-o", "-"]
    return subprocess.run(
        [*command, *options], check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _with_licence(component: Mapping[str, Any]) -> dict[str, Any]:
    """Without the line of the lock, which the other fields repeat."""
    kept = {key: value for key, value in component.items() if key != "description"}
    return kept | {"licenses": [{"expression": licence_of(component["name"])}]}


def licence_of(package: str) -> str:
    """The licence as SPDX names it."""
    if package in LICENCES:
        return LICENCES[package]
    try:
        told = metadata(package)
    except PackageNotFoundError as problem:
        raise Incomplete(f"{package} is not installed: name its licence in LICENCES.") from problem
    said = (told.get("License-Expression") or told.get("License") or "").strip()
    if not (is_supported_id(said) or is_expression(said)):
        raise Incomplete(f"Name the licence of {package} in LICENCES; it says {said[:60]!r}.")
    return said


def _vendored() -> Iterator[dict[str, Any]]:
    """What lies in the repository, each with the hashes of its files."""
    for place in VENDORED:
        told = (place / "README.md").read_text(encoding="utf-8")
        for folder, name, version, licence in VENDORED_ROW.findall(told):
            files = sorted(file for file in (place / folder).rglob("*") if file.is_file())
            yield {
                "bom-ref": f"vendored-{folder}",
                "type": "library",
                "name": name,
                "version": version.removeprefix("with "),
                "licenses": [{"expression": licence}],
                "components": [_file(place, file) for file in files],
            }


def _file(place: Path, file: Path) -> dict[str, Any]:
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    hashed = [{"alg": "SHA-256", "content": content}]
    return {"type": "file", "name": file.relative_to(place).as_posix(), "hashes": hashed}


def main() -> None:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    try:
        written = json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"
    except Incomplete as problem:
        sys.exit(str(problem))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(written, encoding="utf-8")
    print(f"Written: {target}")


if __name__ == "__main__":
    main()

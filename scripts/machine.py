"""Looks for what the tests need of the machine; as root on a Debian-like one, installs it.

PostgreSQL and Chromium come from the system's own packages. `KNOTENPUNKT_TOUCH_SYSTEM=no` forbids
it. An ordinary user's machine is never touched: what is missing is named, with the one command
that brings it.
"""

from __future__ import annotations

import os
import shutil
import subprocess

from scripts import postgresql

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def missing_packages() -> list[str]:
    """The Debian packages that the tests would need and that are not there."""
    missing = [] if postgresql.binaries() else ["postgresql"]
    if not any(map(shutil.which, CHROMIUM)):
        missing.append("chromium")
    return missing


def main() -> None:
    missing = missing_packages()
    if not missing:
        return
    names = " ".join(missing)
    allowed = os.environ.get("KNOTENPUNKT_TOUCH_SYSTEM") != "no"
    if allowed and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing for the tests: {names} (KNOTENPUNKT_TOUCH_SYSTEM=no forbids it)")
        _install(missing)
    else:
        print(f"Missing for the full tests: {names}. This brings it: apt-get install {names}")


def _install(packages: list[str]) -> None:
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "check": True}
    subprocess.run(["apt-get", "-qq", "update"], **quiet)
    subprocess.run(
        ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *packages],
        stdout=subprocess.DEVNULL,
        **quiet,
    )


if __name__ == "__main__":
    main()

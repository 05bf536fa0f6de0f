"""What lies in the repository could lie anywhere: no trace of one machine, nothing private."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.repository import PRODUCT, ROOT, files, is_vendored, name, texts

LARGEST_BYTES = 2_000_000
# Built of parts, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|Us" + r"ers|ho" + r"me/\w+)/")
REGISTRY = re.compile(
    r"registry\." + r"npmjs|pypi\." + r"org/simple|files\." + r"pythonhosted|--(?:extra-)?index"
    + r"-url|regi" + r"stry\s*=\s*http|https?://\S+\.(?:whl|tgz|tar\.gz)"
)  # fmt: skip
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----")
LICENCES = ("LICENSE", "LICENCE", "OFL", "COPYING")
LOCK_FILES = {"uv.lock", "pylock.toml", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"}


@pytest.mark.parametrize(
    ("what", "pattern"), [("machine path", MACHINE), ("registry", REGISTRY), ("secret", SECRET)]
)
def test_no_file_names_a(what: str, pattern: re.Pattern[str]) -> None:
    found = [
        f"{name(file)}: {match[0]}"
        for file, text in texts().items()
        if not is_vendored(file) and (match := pattern.search(text))
    ]
    assert not found, f"Take the {what} out of: {found}"


def test_no_lock_file_records_addresses() -> None:
    found = [name(file) for file in files() if file.name in LOCK_FILES]
    assert not found, f"Use the hashed requirements files instead of: {found}"


def test_locked_packages_are_pinned_and_hashed() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if re.match(r"[a-z]", line) and "==" not in line]
        assert not loose, f"Run `make lock`; not pinned in {lock}: {loose}"
        assert sum("--hash=sha256:" in line for line in lines) >= sum("==" in x for x in lines)


def test_each_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    names = [re.split(r"[\[<>=~ ]", one, maxsplit=1)[0] for one in project["dependencies"]]
    missing = [one for one in names if f"\n{one}==" not in f"\n{locked}"]
    assert not missing, f"Run `make lock`; not locked: {missing}"


def test_no_file_is_heavy() -> None:
    heavy = [name(file) for file in files() if file.stat().st_size > LARGEST_BYTES]
    assert not heavy, f"Larger than {LARGEST_BYTES:,} bytes: {heavy}"


def test_foreign_files_bring_their_licence() -> None:
    folders = {
        folder
        for file in files()
        for folder in file.parents
        if folder.parent.name == "vendor" and folder.is_relative_to(ROOT)
    }
    bare = [
        name(folder)
        for folder in sorted(folders)
        if not any(file.name.startswith(LICENCES) for file in folder.iterdir())
    ]
    assert not bare, f"Put the licence beside: {bare}"


def test_what_the_product_needs_is_packed() -> None:
    """A file beside the code is only installed when the package data name its kind."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    globs = project["tool"]["setuptools"]["package-data"]["*"]
    left_behind = [
        name(file)
        for file in files()
        if file.is_relative_to(PRODUCT) and file.suffix not in {".py", ".po", ".md"}
        and not any(_matches(file.relative_to(PRODUCT).parts, glob) for glob in globs)
    ]  # fmt: skip
    assert not left_behind, f"Name these in [tool.setuptools.package-data]: {left_behind}"


def _matches(parts: tuple[str, ...], glob: str) -> bool:
    """Whether a glob such as data/** fits from some package folder on."""
    pattern = re.escape(glob).replace(r"\*\*/", "(?:[^/]+/)*").replace(r"\*", "[^/]*")
    return any(re.fullmatch(pattern, "/".join(parts[at:])) for at in range(len(parts)))

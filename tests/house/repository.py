"""What the tests about the repository look at: its files, its apps, its syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "knotenpunkt"
LEFT_OUT = {".git", ".venv", "__pycache__", "knotenpunkt-data", "build"}
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".ini", ".js", ".json", ".jsonl", ".lock", ".md", ".po",
    ".py", ".sh", ".svg", ".toml", ".txt", ".yaml", ".yml",
}  # fmt: skip


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, in the repository."""
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return _walked()
    return tuple(file for name in sorted(listed.split("\0")) if (file := ROOT / name).is_file())


def _walked() -> tuple[Path, ...]:
    """The same without git, as in an unpacked archive."""
    found = (file for file in sorted(ROOT.rglob("*")) if file.is_file())
    return tuple(file for file in found if not LEFT_OUT & set(file.relative_to(ROOT).parts))


def texts(*suffixes: str, below: Path = ROOT) -> dict[Path, str]:
    """Text files by path, with their content."""
    wanted = set(suffixes) or TEXT
    return {
        file: file.read_text(encoding="utf-8")
        for file in files()
        if file.suffix in wanted and file.is_relative_to(below)
    }


@cache
def product_code() -> dict[Path, ast.Module]:
    """The syntax tree of each Python file of the product, migrations left out."""
    return {
        file: ast.parse(text)
        for file, text in texts(".py", below=PRODUCT).items()
        if "migrations" not in file.parts
    }


def name(file: Path) -> str:
    """How a message names a file."""
    return file.relative_to(ROOT).as_posix()


def is_vendored(file: Path) -> bool:
    """Whether a file is somebody else's."""
    return "vendor" in file.parts

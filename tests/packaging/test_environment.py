"""What is installed is what we put there: no start-up code of strangers, no release that is known to be bad."""

import base64
import hashlib
import importlib.metadata
import importlib.util
import re
import sys
import sysconfig
from pathlib import Path

SITE = {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}
# Start-up files by the package that may bring them.
OURS = {"distutils-precedence.pth": "setuptools", "_ttrpg_studio.pth": "ttrpg-studio"}


def startup_files() -> list[Path]:
    return sorted(file for folder in SITE for pattern in ("*.pth", "*.start") for file in folder.glob(pattern))


def recorded_hash(package: str, name: str) -> str:
    files = importlib.metadata.files(package) or []
    return next(file.hash.value for file in files if file.name == name and file.hash)


def test_only_known_startup_files_run_with_python() -> None:
    unknown = [file.name for file in startup_files() if file.name not in OURS]
    assert not unknown, f"site-packages holds start-up code that nobody asked for: {unknown}"


def test_known_startup_files_are_as_their_package_brought_them() -> None:
    for file in startup_files():
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).decode().rstrip("=")
        assert digest == recorded_hash(OURS[file.name], file.name), file.name


def test_our_own_startup_file_only_names_the_checkout(root: Path) -> None:
    for file in (f for f in startup_files() if f.name == "_ttrpg_studio.pth"):
        assert file.read_text(encoding="utf-8").split() == [str(root)]


def test_no_site_customisation_hides_in_site_packages() -> None:
    for name in ("sitecustomize", "usercustomize"):
        spec = importlib.util.find_spec(name)
        assert spec is None or Path(spec.origin or "").parent not in SITE, name


def test_installed_litellm_is_not_a_compromised_release() -> None:
    version = importlib.metadata.version("litellm")
    assert version == "1.100.5"
    assert not re.fullmatch(r"1\.82\.[78]|1\.107\..*", version)
    assert not [file for file in importlib.metadata.files("litellm") or [] if file.name.endswith(".pth")]


def test_installed_qt_is_the_pinned_release() -> None:
    assert importlib.metadata.version("PySide6-Essentials") == "6.11.3"
    assert importlib.metadata.version("shiboken6") == "6.11.3"


def test_python_is_one_that_the_locks_cover() -> None:
    assert (3, 11) <= sys.version_info[:2] <= (3, 13)

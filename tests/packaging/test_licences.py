"""What ships may be shipped: every runtime dependency is under a licence that an Apache-2.0 application can carry."""

import importlib.metadata
import re
from pathlib import Path

import pytest

RUNTIME = Path(__file__).resolve().parents[2] / "packaging" / "locks" / "runtime.txt"
ALLOWED = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Unlicense|0BSD|CNRI)\b", re.I
)
# Its metadata is silent; the licence file in its repository is MIT.
SILENT = {"peewee"}
NAMES = re.findall(r"^([a-z0-9-]+)==", RUNTIME.read_text(encoding="utf-8"), re.MULTILINE)


def licence(package: str) -> str:
    """The licence as the package states it: expression, classifiers or the old free field."""
    stated = importlib.metadata.metadata(package).json
    classifiers = [line for line in stated.get("classifier", []) if line.startswith("License")]
    return str(stated.get("license_expression") or " ".join(classifiers) or stated.get("license", ""))[:400]


@pytest.mark.parametrize("package", sorted(set(NAMES) - SILENT))
def test_licence_allows_shipping(package: str) -> None:
    try:
        stated = licence(package)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{package} is not for this system")
    assert ALLOWED.search(stated), f"{package}: {stated!r}"
    assert not re.search(r"\bA?GPL", stated) or "LGPL" in stated, f"{package}: {stated!r}"

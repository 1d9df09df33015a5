"""The self-test and the picture, with the real window, engine and index in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ENV = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def studio(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "studio", *arguments]
    return subprocess.run(command, env=ENV, capture_output=True, text=True, encoding="utf-8", check=False, timeout=110)


@pytest.mark.serial
def test_the_selftest_passes_and_says_ok_for_each_proof() -> None:
    done = studio("--selftest")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    proofs = ["window", "chain", "index", "graph", "world"]
    assert [line.split(":")[0] for line in lines] == [f"ok   {proof}" for proof in proofs]


@pytest.mark.serial
def test_the_demo_pictures_the_window_with_its_result(tmp_path: Path) -> None:
    picture = tmp_path / "shot.png"
    done = studio("demo", "--folder", str(tmp_path), "--screenshot", str(picture), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["screenshot"] == str(picture)
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") >= 1200
    assert len(data) > 30_000


def test_a_proof_that_fails_is_told_and_ends_with_code_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from studio.cli import main
    from studio.services import selftest

    def broken() -> str:
        raise RuntimeError("no window here")

    monkeypatch.setattr(selftest, "_window", broken)
    for proof in ("_index", "_graph", "_world"):
        monkeypatch.setattr(selftest, proof, lambda: "fine")
    assert main(["selftest"]) == 1
    said = capsys.readouterr()
    assert "FAIL window: RuntimeError: no window here" in said.out
    assert said.err.strip() == "The self-test failed: window."

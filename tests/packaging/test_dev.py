"""`packaging/dev.py` works before anything is installed, says what it cannot do, and starts at once when ready."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from devtools import base, checks, display, suite, system, venv


def dev(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "packaging" / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_needs_the_standard_library_only(root: Path) -> None:
    code = f"import sys; sys.path.insert(0, {str(root / 'packaging')!r}); import devtools.commands"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, cwd="/")


def test_help_names_every_command(root: Path) -> None:
    done = dev(root, "--help")
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in ("setup", "run", "test", "check", "bench", "build"))


@pytest.mark.parametrize("wrong", [[], ["launch"]])
def test_wrong_usage_ends_with_two(root: Path, wrong: list[str]) -> None:
    assert dev(root, *wrong).returncode == (2 if wrong else 0)


@pytest.mark.serial
def test_a_ready_checkout_is_ready_at_once(root: Path) -> None:
    def once() -> float:
        started = time.perf_counter()
        assert dev(root, "setup").returncode == 0
        return time.perf_counter() - started

    assert min(once() for _ in range(3)) < 0.3


def test_stamp_changes_with_the_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venv, "LOCKS", tmp_path)
    (tmp_path / "dev.txt").write_text("a==1")
    first = venv.wanted_stamp()
    assert venv.wanted_stamp() == first
    (tmp_path / "dev.txt").write_text("a==2")
    assert venv.wanted_stamp() != first


@pytest.mark.skipif(not system.is_debian(), reason="asks dpkg")
def test_missing_packages_are_found_by_name() -> None:
    assert system.missing_packages(("dpkg", "no-such-package-here")) == ["no-such-package-here"]


@pytest.mark.skipif(sys.platform != "linux", reason="asks apt")
def test_without_rights_the_exact_command_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "rights", lambda: system.Rights(None))
    with pytest.raises(base.Refused) as refusal:
        system.install(["libegl1", "xvfb"], what="libraries")
    assert "apt-get install -y --no-install-recommends libegl1 xvfb" in str(refusal.value)


def test_where_sudo_is_not_installed_the_command_asks_for_the_password_of_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system.shutil, "which", lambda _tool: None)
    assert system.by_hand(["libegl1"]).startswith("su - -c 'apt-get update && ")
    monkeypatch.setattr(system.shutil, "which", lambda tool: f"/usr/bin/{tool}")
    assert system.by_hand(["libegl1"]).startswith("sudo sh -c 'apt-get update && ")


@pytest.mark.skipif(not system.is_debian(), reason="asks dpkg")
def test_without_rights_only_what_is_required_stops(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(system, "rights", lambda: system.Rights(None))
    system.ensure(("dpkg",), optional=("no-such-tool",))
    assert "no-such-tool" in capsys.readouterr().out
    with pytest.raises(base.Refused, match="no-such-library no-such-tool"):
        system.ensure(("no-such-library",), optional=("no-such-tool",))


def test_other_systems_are_told_their_own_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "is_debian", lambda: False)
    monkeypatch.setattr(system, "missing_vital", lambda: ["EGL"])
    monkeypatch.setattr(system.shutil, "which", lambda tool: tool if tool == "pacman" else None)
    with pytest.raises(base.Refused, match="sudo pacman -S") as refusal:
        system.ensure(system.LIBRARIES)
    assert "dnf" not in str(refusal.value)


def test_phases_share_out_every_mark() -> None:
    names = {word for phase in suite.PHASES for word in phase.marks.replace("(", " ").replace(")", " ").split()}
    assert {"x11", "atspi", "session", "serial", "soak"} <= names


def test_a_screen_is_started_for_the_marks_that_need_one() -> None:
    assert suite.screens_asked(["tests/x11", "-m", "x11 and not soak"]) == ["x11"]
    assert suite.screens_asked(["-m", "atspi or session", "-q"]) == ["atspi", "session"]
    assert suite.screens_asked(["-m", "not x11", "tests"]) == []


def test_counts_come_from_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert not suite.counts(report)
    report.write_text('<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>')
    assert suite.counts(report) == {"passed": 3, "failed": 2, "skipped": 2}


def test_checks_only_read(root: Path) -> None:
    assert set(checks.commands()) == {"ruff", "format", "imports", "types"}
    assert "--check" in checks.commands()["format"]
    assert not any("--fix" in command for command in checks.commands().values())


@pytest.mark.skipif(sys.platform != "linux", reason="displays are a matter of environment there")
def test_no_display_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not display.has_display()
    monkeypatch.setenv("DISPLAY", ":0")
    assert display.has_display()


def test_a_screen_without_its_server_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(base.Refused, match="Xvfb, openbox not found"), display.screen():
        pass


def test_a_session_touches_no_settings_of_the_user() -> None:
    with display.session_folders() as env:
        folder = Path(env["XDG_DATA_HOME"])
        assert folder.is_dir()
        assert folder.parent != Path.home()
    assert not folder.exists()

"""The application's own folders. `TTRPG_STUDIO_HOME` moves all of them under one folder."""

from __future__ import annotations

import os
from pathlib import Path

import appdirs

APP = "TTRPG Studio"


def _folder(name: str, default: str) -> Path:
    home = os.environ.get("TTRPG_STUDIO_HOME")
    path = Path(home) / name if home else Path(default)
    path.mkdir(parents=True, exist_ok=True)
    return path


def config_dir() -> Path:
    """Settings and connections."""
    return _folder("config", appdirs.user_config_dir(APP, appauthor=False))


def data_dir() -> Path:
    """What belongs to the user but not to one project: backups, the spend ledger, the vault."""
    return _folder("data", appdirs.user_data_dir(APP, appauthor=False))


def cache_dir() -> Path:
    """What can be made again: indexes, thumbnails."""
    return _folder("cache", appdirs.user_cache_dir(APP, appauthor=False))


def log_dir() -> Path:
    """Logs and crash reports; they stay on this machine."""
    return _folder("logs", appdirs.user_log_dir(APP, appauthor=False))


def device_id() -> str:
    """A short random name of this device, made once; it marks whose changes are whose."""
    path = data_dir() / "device"
    if not path.exists():
        import secrets

        path.write_text(secrets.token_hex(4), encoding="ascii")
    return path.read_text(encoding="ascii").strip()

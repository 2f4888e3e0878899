# SPDX-License-Identifier: EUPL-1.2
"""Finds a real Chromium or Chrome for the browser tests; as root on Debian it installs one.

python scripts/browser.py            prints its path, or the one line to type (then exit code 1)
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
PLAYWRIGHT_FOLDERS = ("~/.cache/ms-playwright", "~/Library/Caches/ms-playwright")
PLAYWRIGHT_PROGRAMS = ("chrome-linux*/chrome", "chrome-mac*/*.app/Contents/MacOS/*")


def find() -> str | None:
    """The path of a browser on this machine: VANGNET_BROWSER, a command, a Mac app, or Playwright's own."""
    chosen = os.environ.get("VANGNET_BROWSER")
    if chosen:
        return shutil.which(chosen)
    for name in COMMANDS:
        found = shutil.which(name)
        if found:
            return found
    for app in MAC_APPS:
        for root in (Path("/Applications"), Path.home() / "Applications"):
            program = root / f"{app}.app" / "Contents" / "MacOS" / app
            if program.is_file():
                return str(program)
    folders = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), *PLAYWRIGHT_FOLDERS]
    for folder in folders:
        for pattern in PLAYWRIGHT_PROGRAMS:
            base = Path(folder).expanduser() if folder else None
            for program in sorted(base.glob(f"chromium-*/{pattern}"), reverse=True) if base else []:
                if program.is_file() and os.access(program, os.X_OK):
                    return str(program)
    return None


def install() -> None:
    """Install Debian's Chromium, as root."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ["-o", "DPkg::Lock::Timeout=120", "-q"]
    subprocess.run(["apt-get", *wait, "update"], check=True, env=environment, stdout=sys.stderr)
    subprocess.run(
        ["apt-get", *wait, "install", "-y", "--no-install-recommends", "chromium"],
        check=True,
        env=environment,
        stdout=sys.stderr,
    )


def line_to_type() -> str:
    """What a person types to get a browser."""
    if shutil.which("apt-get"):
        return "sudo apt-get install -y --no-install-recommends chromium"
    if sys.platform == "darwin":
        return "brew install --cask google-chrome"
    if shutil.which("dnf"):
        return "sudo dnf install -y chromium"
    return "installeer Chromium of Google Chrome"


def main() -> int:
    """Print the path of the browser; install it when allowed to; else say what to type."""
    found = find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            install()
        except subprocess.CalledProcessError as fault:
            print(f"Chromium installeren lukt niet (uitgang {fault.returncode}).", file=sys.stderr)
        found = find()
    if found is None:
        print("Er is geen browser voor de tests. Typ dit, en daarna nog eens make test:", file=sys.stderr)
        print(f"    {line_to_type()}", file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Install pip from the package index into a virtual environment that lacks it, with the standard library alone."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")


def newest_wheel() -> tuple[str, str]:
    """Return file name and address of the newest released pip."""
    page = f"{INDEX}/pip/"
    request = urllib.request.Request(page, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        files = json.load(reply)["files"]
    wheels = [file for file in files if file["filename"].endswith("-py3-none-any.whl") and not file.get("yanked")]
    final = [file for file in wheels if file["filename"].split("-")[1].replace(".", "").isdigit()]
    newest = max(final, key=lambda file: tuple(map(int, file["filename"].split("-")[1].split("."))))
    return newest["filename"], urljoin(page, newest["url"])


def main() -> None:
    name, address = newest_wheel()
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / name
        with urllib.request.urlopen(address, timeout=120) as reply:
            wheel.write_bytes(reply.read())
        # A wheel of pip can run itself: it installs its own file.
        subprocess.run([sys.executable, f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)], check=True)


if __name__ == "__main__":
    main()

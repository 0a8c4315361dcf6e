"""Compile both lock files from pyproject.toml: exact versions, hashes, no address of any package index."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
)


def compile_lock(target: str, *extra: str) -> None:
    """Run the resolver for one lock file."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "pip", "compile", "-q", *OPTIONS, *extra, "pyproject.toml", "-o", target]
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    compile_lock("requirements.lock")
    compile_lock("requirements-dev.lock", "--all-extras", "--group=dev", "--constraint=requirements.lock")

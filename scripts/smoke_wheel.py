"""Build sdist → wheel from it → install elsewhere → migrate, ask for a page and its stylesheet.

The only check that sees what the wheel really carries: templates, migrations, static files, data.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Runs inside the clean environment, in an empty directory.
PROBE = """
from registry.app.factory import create_app
from registry.config import load_settings
import re, registry
client = create_app(load_settings()).test_client()
page = client.get("/dang-nhap", follow_redirects=True)
assert page.status_code == 200, page.status
sheet = re.search(r'href="([^"]+app[.]css[^"]*)"', page.text)
assert sheet, "the page names no stylesheet"
assert client.get(sheet.group(1).replace("&amp;", "&")).status_code == 200
print(registry.__file__)
"""


def main() -> int:
    """Run the whole trip in a temporary directory; 0 when the installed wheel works."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder]
        run([*build, "--sdist", str(ROOT)])
        sdist = next(work.glob("*.tar.gz"))
        run(["tar", "-xzf", str(sdist), "-C", folder])
        run([*build, "--wheel", str(work / sdist.name.removesuffix(".tar.gz"))])
        python = fresh_environment(work, next(work.glob("*.whl")))
        elsewhere = work / "empty"
        elsewhere.mkdir()
        environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("REGISTRY_", "PYTHON"))
        }
        run([str(python.parent / "registry"), "upgrade"], cwd=elsewhere, env=environ)
        answer = run([str(python), "-c", PROBE], cwd=elsewhere, env=environ)
        if not re.search(r"site-packages", answer):
            raise SystemExit(f"the probe imported the checkout, not the wheel: {answer}")
    print("wheel ok")
    return 0


def fresh_environment(work: Path, wheel: Path) -> Path:
    """A virtual environment holding the wheel; its dependencies are lent by this environment."""
    target = work / "venv"
    run([sys.executable, "-m", "venv", "--without-pip", str(target)])
    site = next((target / "lib").glob("python*")) / "site-packages"
    lender = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    # A path line would also lend this checkout's own path file, so the folder is linked piece by piece.
    for piece in lender.iterdir():
        if piece.suffix != ".pth" and not piece.name.startswith("talent_registry"):
            (site / piece.name).symlink_to(piece)
    python = target / "bin" / "python"
    run([str(python), "-m", "installer", str(wheel)])
    return python


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a command; its output when it succeeds, an exit with its output when it does not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())

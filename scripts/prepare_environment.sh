#!/bin/sh
# Makes .venv hold exactly what a lock file names, hashes checked, and puts the console script there.
# Used by scripts/run and scripts/test: . scripts/prepare_environment.sh requirements.lock
# Where the packages come from is the machine's own configuration; the lock files name no host.

V=.venv

find_python() {
  for candidate in python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "Cần Python 3.11 trở lên: apt-get install python3 python3-venv" >&2
  exit 1
}

make_venv() {
  # Without ensurepip "python3 -m venv" fails but leaves bin/python behind: ask pip, not the file.
  if ! $V/bin/python -m pip --version >/dev/null 2>&1; then
    rm -rf $V
    "$(find_python)" -m venv $V >/dev/null 2>&1 ||
      { rm -rf $V; command -v uv >/dev/null 2>&1 && uv venv -q --seed $V; } ||
      { echo "Không tạo được môi trường Python: apt-get install python3-venv" >&2; exit 1; }
  fi
}

install_lock() {
  # uv is a few times faster; pip does the same with the same hashes where uv cannot be had.
  if $V/bin/python -m pip install -q --disable-pip-version-check uv >/dev/null 2>&1 &&
    $V/bin/uv pip install -q --python $V/bin/python --require-hashes -r "$1"; then
    return
  fi
  $V/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$1"
}

link_package() {
  # What an editable install would do, without building anything: a path file and the console script.
  site=$($V/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
  pwd >"$site/talent_registry.pth"
  printf '#!%s\nimport sys\n\nfrom registry.cli import main\n\nsys.exit(main())\n' "$PWD/$V/bin/python" >$V/bin/registry
  chmod +x $V/bin/registry
}

is_prepared() {
  # The lock is the one that was installed, the folder was not moved, the interpreter still runs.
  grep -qx "$1" $V/.locks 2>/dev/null &&
    [ "$(head -n 1 $V/bin/registry 2>/dev/null)" = "#!$PWD/$V/bin/python" ] &&
    $V/bin/python -c pass 2>/dev/null
}

prepare_environment() {
  wanted=$(sha256sum "$1" | cut -d' ' -f1)
  if ! is_prepared "$wanted"; then
    make_venv
    install_lock "$1"
    link_package
    sha256sum "$1" | cut -d' ' -f1 >$V/.locks
    if [ "$1" = requirements-dev.lock ]; then
      # The development lock contains the other one at the same versions.
      sha256sum requirements.lock | cut -d' ' -f1 >>$V/.locks
    fi
  fi
}

#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Makes the environment .venv, from hashed requirements only.
#
#   scripts/bootstrap.sh run    what Vangnet needs to run
#   scripts/bootstrap.sh dev    and what the tests and checks need
#
# A second run is instant. An interrupted run starts over. Two at once wait for each other. What is missing on the
# machine is named in one line to type; as root it is installed.
set -eu

level=${1:-run}
case $level in
  run | dev) ;;
  *) echo "gebruik: scripts/bootstrap.sh run|dev" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
here=$(pwd -P)
env=.venv
lock=.venv.slot
stamp=$env/klaar-$level

fingerprint() { { sed '/^\[tool.pytest/,$d' pyproject.toml; cat scripts/bootstrap.sh requirements/*.txt requirements/*.in; } | cksum; }
place() { printf '%s %s\n' "$here" "$("$env/bin/python" -c 'import platform; print(platform.python_version(), platform.machine())' 2>/dev/null)"; }
is_ready() { [ -f "$1" ] && [ "$(cat "$1")" = "$(place) $(fingerprint)" ]; }
if is_ready "$stamp" || is_ready "$env/klaar-dev"; then exit 0; fi

# ---- one at a time; the lock of a process that is gone does not count ------------------------------------------
command_of() { ps -p "$1" -o command= 2>/dev/null || true; }
wait_for_lock() {
  waited=0
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null || true)
    case $(if [ -n "$holder" ]; then command_of "$holder"; fi) in
      *bootstrap*) ;;
      *)
        # Without a number yet, its maker may be between two commands: give it a moment.
        if [ -n "$holder" ] || [ "$waited" -gt 5 ]; then break_lock "$holder"; continue; fi ;;
    esac
    [ "$waited" -eq 0 ] && echo "Een andere installatie in deze map is bezig; even wachten." >&2
    waited=$((waited + 1))
    if [ "$waited" -gt 900 ]; then echo "De andere installatie (proces $holder) duurt langer dan 15 minuten." >&2; exit 1; fi
    sleep 1
  done
  echo $$ >"$lock/pid"
}
break_lock() {
  aside=$lock.$$
  rm -rf "$aside"
  mv "$lock" "$aside" 2>/dev/null || return 0
  if [ "$(cat "$aside/pid" 2>/dev/null || true)" != "$1" ]; then mv "$aside" "$lock" 2>/dev/null || true; return 0; fi
  child=$(cat "$aside/kind" 2>/dev/null || true)
  if [ -n "$child" ]; then
    # What the killed installation had started may still be writing.
    case $(command_of "$child") in *"$env"* | *venv*) kill -9 "$child" 2>/dev/null || true; sleep 1 ;; esac
  fi
  rm -rf "$aside"
}
wait_for_lock
child=
finish() {
  code=$?
  trap - EXIT HUP INT TERM
  if [ -n "$child" ]; then kill "$child" 2>/dev/null || true; wait "$child" 2>/dev/null || true; fi
  rm -rf "$lock"
  exit "$code"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
run() { # in the background with its number noted, so that nothing goes on writing when this script is killed
  "$@" </dev/null &
  child=$!
  echo "$child" >"$lock/kind"
  code=0
  wait "$child" || code=$?
  child=
  return "$code"
}
if is_ready "$stamp" || is_ready "$env/klaar-dev"; then exit 0; fi

# ---- a Python of 3.11 or newer that can make environments ------------------------------------------------------
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$name" >/dev/null 2>&1 && new_enough "$name"; then command -v "$name"; return 0; fi
  done
  return 1
}
has_venv() { "$1" -c 'import venv, ensurepip' 2>/dev/null; }
missing() { # $1 what is missing, $2 packages of Debian, $3 the line for a Mac
  if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" -eq 0 ]; then
      echo "$1 ontbreekt; wordt geïnstalleerd." >&2
      run apt-get update -q >&2
      # shellcheck disable=SC2086
      run env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -q -y --no-install-recommends $2 >&2
      return 0
    fi
    line="sudo apt-get install -y $2"
  elif command -v brew >/dev/null 2>&1 || [ "$(uname -s)" = Darwin ]; then
    line=$3
  elif command -v dnf >/dev/null 2>&1; then
    line="sudo dnf install -y python3.12"
  else
    line="installeer Python 3.11 of nieuwer, met venv"
  fi
  echo "$1 ontbreekt. Typ dit, en daarna hetzelfde nog eens:" >&2
  echo "    $line" >&2
  exit 1
}
python=$(find_python) || {
  missing "Python 3.11 of nieuwer" "python3 python3-venv" "brew install python@3.13"
  python=$(find_python) || { echo "Deze computer heeft geen Python 3.11 of nieuwer in zijn pakketten." >&2; exit 1; }
}
if ! has_venv "$python"; then
  case $python in
    */python3) package=python3-venv ;;
    *) package=${python##*/}-venv ;;
  esac
  missing "venv van ${python##*/}" "$package" "brew install python@3.13"
  has_venv "$python" || { echo "Ook na installatie kan $python geen omgeving maken." >&2; exit 1; }
fi

# ---- the environment -------------------------------------------------------------------------------------------
# An environment is only built on when an earlier run finished it, here, with this Python.
finished=no
for earlier in "$env/klaar-run" "$env/klaar-dev"; do
  if [ -f "$earlier" ]; then case $(cat "$earlier") in "$(place) "*) finished=yes ;; esac; fi
done
if [ "$finished" = yes ]; then
  [ -f "$env/klaar-dev" ] && { level=dev; stamp=$env/klaar-dev; }
  rm -f "$env/klaar-run" "$env/klaar-dev"
else
  rm -rf "$env"
fi
echo "De omgeving wordt gemaakt (eenmalig, ongeveer een minuut)." >&2
[ -d "$env" ] || run "$python" -m venv "$env"
pip="$env/bin/python -m pip --disable-pip-version-check --no-input install --quiet"
run $pip --require-hashes -r requirements/build.txt -r "requirements/$level.txt"
run $pip --no-deps --no-build-isolation --editable .
[ -x "$env/bin/vangnet" ] || { echo "De installatie is niet compleet; probeer het opnieuw." >&2; exit 1; }
printf '%s %s\n' "$(place)" "$(fingerprint)" >"$env/klaar.nieuw"
mv "$env/klaar.nieuw" "$stamp"

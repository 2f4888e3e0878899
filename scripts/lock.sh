#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
#
# Compiles requirements/*.in into hashed lists for every platform. No host name ends up in them.
set -eu
cd "$(dirname "$0")/.."
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
.venv/bin/python -m venv "$tool"
"$tool/bin/python" -m pip --disable-pip-version-check install --quiet uv
cd requirements
compile() {
  "$tool/bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' "$@"
}
upgrade=${1:+--upgrade}
compile ${upgrade:-} build.in -o build.txt
compile ${upgrade:-} run.in -o run.txt
compile ${upgrade:-} -c run.txt dev.in -o dev.txt

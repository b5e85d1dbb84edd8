#!/bin/sh
# Installs what the comparison needs: Debian's packages, and a virtual environment in Benchmarks/.venv.
set -eu
cd "$(dirname "$0")/.."

packages="python3-venv nodejs node-yaml libfyaml-utils jq yq"
missing=""
for package in $packages; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing="$missing $package"
done
if [ -n "$missing" ]; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo"
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing >&2 ||
    echo "some of$missing are not to be had; the comparison says which tools it left out" >&2
fi

[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -c "import ruamel.yaml, yaml" 2>/dev/null || .venv/bin/pip install --quiet "ruamel.yaml" "PyYAML"

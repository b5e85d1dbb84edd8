#!/bin/sh
# Installs the other validators: ajv from Debian, the Python ones in the virtual environment Benchmarks/.venv.
set -eu
cd "$(dirname "$0")/../.."

if ! dpkg-query -W -f='${Status}' node-ajv 2>/dev/null | grep -q "ok installed"; then
  as_root=""
  [ "$(id -u)" -eq 0 ] || as_root="sudo"
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    python3-venv nodejs node-ajv >&2 || echo "node-ajv is not to be had; the comparison leaves it out" >&2
fi
[ -x .venv/bin/python ] || python3 -m venv .venv
.venv/bin/python -c "import jsonschema_rs, jsonschema, check_jsonschema" 2>/dev/null ||
  .venv/bin/pip install --quiet "jsonschema-rs==0.60.*" jsonschema check-jsonschema

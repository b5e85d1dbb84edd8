#!/bin/sh
# A stand-in for what deploys the job platform and moves its traffic: its whole state is three files.
set -eu
cd "$(dirname "$0")"
case "$1" in
  release) cat release 2> /dev/null || echo 2.1.0 ;;
  deploy) echo "$2" > release ;;
  redeploy) read -r release && echo "$release" > release ;;
  is-deployed) [ "$("$0" release)" = "$2" ] ;;
  drain) touch drained ;;
  fill) rm -f drained ;;
  is-drained) [ -e drained ] ;;
  is-filled) [ ! -e drained ] ;;
  pause) echo "$2" >> paused ;;
  go-on) grep -vx "$2" paused > rest || true; mv rest paused ;;
  is-paused) grep -qxs "$2" paused ;;
  *) echo "platform.sh: what is $1?" >&2; exit 64 ;;
esac

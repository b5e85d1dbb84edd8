#!/bin/sh
# Makes sure that the machine has what the build needs: the Swift toolchain (which it can only ask for) and a few
# Debian packages (which it installs). Does nothing where all is there.
set -eu

needed_major=6
needed_minor=3
# Injects faults into the system calls of the built binary, for tests.
tools="strace"
libraries="yaml-0.1 jansson libpcre2-8 libpq libmariadb sqlite3"
# PostgreSQL's parser has no pkg-config file.
headers="/usr/include/pg_query.h"
# The servers that tests start for themselves, without rights, in scratch directories.
servers="/usr/sbin/mariadbd /usr/bin/mariadb-backup /usr/bin/redis-server /usr/lib/postgresql/15/bin/postgres"
packages="git pkg-config libyaml-dev libjansson-dev libpcre2-dev libpq-dev libmariadb-dev libsqlite3-dev libpg-query-dev"
packages="$packages postgresql-15 mariadb-server mariadb-client mariadb-backup redis-server python3 $tools"

say() { printf '%s\n' "$*" >&2; }

ask_for_swift() {
  say "error: $1"
  say "  cfgmigrate is built with Swift $needed_major.$needed_minor or newer. On Debian 12, either"
  say "    install swiftly (https://www.swift.org/install/linux/) and run: swiftly install latest"
  say "    or unpack the Debian 12 toolchain from https://www.swift.org/install/linux/ and put its usr/bin on PATH."
  exit 1
}

command -v swift >/dev/null 2>&1 || ask_for_swift "swift is not on PATH"
version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
[ -n "$version" ] || ask_for_swift "'swift --version' names no version; the toolchain does not start"
major=${version%%.*}
minor=${version#*.}
if [ "$major" -lt "$needed_major" ] || { [ "$major" -eq "$needed_major" ] && [ "$minor" -lt "$needed_minor" ]; }; then
  ask_for_swift "swift is $version, at $(command -v swift)"
fi

all_present() {
  for command in git pkg-config python3 $tools; do command -v "$command" >/dev/null 2>&1 || return 1; done
  for file in $headers $servers; do [ -e "$file" ] || return 1; done
  # shellcheck disable=SC2086
  pkg-config --exists $libraries
}

if ! all_present; then
  if ! command -v apt-get >/dev/null 2>&1; then
    say "error: git, pkg-config, $tools and the libraries $libraries (with headers) are needed"
    say "  This script installs them with apt-get, which is not here. On Debian they are: $packages"
    exit 1
  fi
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      say "error: some packages are missing, and there is neither root nor sudo to install them"
      say "  Run this as root once: apt-get install $packages"
      exit 1
    fi
    as_root="sudo"
  fi
  say "installing $packages"
  # shellcheck disable=SC2086
  install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages >&2; }
  install || { $as_root apt-get update -q >&2 && install; }
  all_present || { say "error: the packages are installed, but pkg-config does not find $libraries, or $headers $servers are not there"; exit 1; }
fi

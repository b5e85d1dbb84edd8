#!/bin/sh
# The tests with all their set-up: format, build with warnings as errors, every test.
set -eu
cd "$(dirname "$0")/.."

scripts/setup.sh
echo "format"
swift format lint --strict --recursive --parallel Package.swift Sources Tests Examples Benchmarks Fuzzing
echo "build"
swift build --build-tests --disable-xctest
echo "test"
swift test --skip-build --disable-xctest

.PHONY: demo test release format lint bench bench-peers fuzz

# The main job on a scratch copy of a sample, with all set-up.
demo:
	@scripts/demo.sh

# Every test, with all set-up.
test:
	@scripts/test.sh

# One static file in .build-static/release.
release:
	@scripts/release.sh

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Examples Benchmarks Fuzzing

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Examples Benchmarks Fuzzing

# Ratios to libyaml and jansson, memory, growth, instructions. Benchmarks/RESULTS.md has the last ones.
bench:
	@Benchmarks/bench.sh document

# The same work by ruamel.yaml, node's yaml, libfyaml, yq, PyYAML and jq, which it installs.
bench-peers:
	@Benchmarks/bench.sh peers

fuzz:
	scripts/fuzz.sh 600

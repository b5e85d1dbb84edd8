.PHONY: demo test release format lint bench fuzz laws

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
	swift format --in-place --recursive --parallel Package.swift Sources Tests Examples

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Examples

bench:
	cd Benchmarks && swift build -c release && .build/release/DocumentBenchmark

# The laws of the editor on millions of generated cases: make laws FIRST=1000000 TEXTS=1000000
FIRST ?= 1000000
TEXTS ?= 1000000
laws:
	swift build -c release --product laws --scratch-path .build-laws
	for format in yaml json jsonc; do .build-laws/release/laws $$format $(FIRST) $(TEXTS) || exit 1; done

fuzz:
	scripts/fuzz.sh 600

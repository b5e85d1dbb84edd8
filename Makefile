.PHONY: demo test release format lint bench bench-plan fuzz

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

bench-plan:
	cd Benchmarks && swift build -c release --product PlanBenchmark && .build/release/PlanBenchmark

fuzz:
	scripts/fuzz.sh 600

.PHONY: demo demo-upgrade upgrade-anomalies rows test release format lint bench bench-peers bench-schema bench-store bench-plan fuzz fuzz-schema laws anomalies \
  agree-schema compare-schema big

# The main job on a scratch copy of a sample, with all set-up.
demo:
	@scripts/demo.sh

# An upgrade of a platform on a scratch copy of a sample: check, run, status, report.
demo-upgrade:
	@scripts/demo-upgrade.sh

# 1,000,000 rows on PostgreSQL under a client that reads and writes; prints how long each script took and the longest stall.
rows:
	swift test --disable-xctest --filter 'PlatformScriptTests' | grep -E 'rows|retries|Test run'

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

# The laws of the editor on millions of generated cases: make laws FIRST=1000000 TEXTS=1000000
FIRST ?= 1000000
TEXTS ?= 1000000
laws:
	swift build -c release --product laws --scratch-path .build-laws
	for format in yaml json jsonc; do .build-laws/release/laws $$format $(FIRST) $(TEXTS) || exit 1; done

# A transaction against the cheapest durable way, on this disk.
bench-store:
	cd Benchmarks && swift build -c release --product StoreBenchmark && .build/release/StoreBenchmark .build

# Every point at which a call may fail, a process die or the power be cut; CI tries a sample. The binary is the one that is released: it
# is started six times or more for each of 28,000 points.
anomalies: release
	CFGMIGRATE_ANOMALIES=all CFGMIGRATE_BINARIES=$(CURDIR)/.build-static/release swift test --disable-xctest \
	  --filter 'ConfigStoreTests\.(Anomaly|Exchange|PowerCut|BackupArchive|BackupPlace|ObjectPack)Tests|BinaryAnomalyTests'

# The same for upgrades: every system call of the engine.
upgrade-anomalies:
	CFGMIGRATE_ANOMALIES=all swift test --disable-xctest --filter 'EngineAnomalyTests|UpgradeAnomalyTests'

# 10,000 files, 1 GB: memory and time of each step. make big FILES=10000 KILOBYTES=100
FILES ?= 10000
KILOBYTES ?= 100
big:
	@scripts/big.sh $(FILES) $(KILOBYTES)

bench-plan:
	cd Benchmarks && swift build -c release --product PlanBenchmark && .build/release/PlanBenchmark

fuzz:
	scripts/fuzz.sh 600

# Checking, compiling and drawing by schemas, beside jsonschema-rs, ajv and others, which it installs.
bench-schema:
	@Benchmarks/bench.sh schema

SUITES ?= ../shared/suites
COUNT ?= 1000000

# The same documents, real, changed and drawn, judged here and by jsonschema-rs: make agree-schema COUNT=1000000
agree-schema:
	@Benchmarks/peers/schema/setup.sh
	cd Benchmarks && swift build -c release --product SchemaSurvey && \
	  .build/release/SchemaSurvey verdicts "$(abspath $(SUITES))" $(COUNT) | \
	  .venv/bin/python peers/schema/agree.py "$(abspath $(SUITES))" peers/schema/differences.txt

# Every version of a published schema compared with the next one.
compare-schema:
	cd Benchmarks && swift build -c release --product SchemaSurvey && \
	  .build/release/SchemaSurvey families "$(abspath $(SUITES))"

fuzz-schema:
	scripts/fuzz-schema.sh 600

#!/bin/sh
# Fuzzes schema and instance together: scripts/fuzz-schema.sh [SECONDS]. Seeds are those of Fuzzing/SchemaCorpus, the
# shipped schemas with the samples, and the official suite where it is there.
set -eu
cd "$(dirname "$0")/../Fuzzing"
seconds=${1:-60}
suites=${CFGMIGRATE_SUITES:-../../shared/suites}

swift build -c release --product SchemaFuzzer --sanitize=fuzzer -Xswiftc -sanitize=fuzzer,address

seeds=.build/schema-seeds
mkdir -p "$seeds" .build/schema-findings
cp SchemaCorpus/* "$seeds/"
if [ -d "$suites/json-schema-test-suite" ]; then
  python3 - "$suites/json-schema-test-suite/tests" "$seeds" <<'END'
# The first byte chooses the edition; a zero byte parts schema and instance.
import json, pathlib, sys
tests, seeds = map(pathlib.Path, sys.argv[1:])
for number, draft in enumerate(["draft4", "draft6", "draft7", "draft2019-09", "draft2020-12"]):
    for file in sorted((tests / draft).rglob("*.json")):
        for index, group in enumerate(json.loads(file.read_text())):
            test = group["tests"][len(group["tests"]) // 2]
            text = json.dumps(group["schema"]), json.dumps(test["data"])
            if sum(map(len, text)) < 1500:
                name = f"{draft}-{file.stem}-{index}"
                (seeds / name).write_bytes(bytes([number]) + text[0].encode() + b"\0" + text[1].encode())
END
else
  echo "no public suite at $suites: fuzzing from the committed seeds alone" >&2
fi

# The crash handler of Swift's runtime would be reported in place of the crash.
ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
  .build/release/SchemaFuzzer -max_total_time="$seconds" -timeout=20 -rss_limit_mb=4096 -max_len=2048 \
  -artifact_prefix=.build/schema-findings/ "$seeds"

"""Compares ConfigSchema with other validators on the same parsed documents, in turns within one run; prints Markdown.

Usage: compare.py BINARY FOLDER, where `BINARY prepare SUITES FOLDER` has written the cases.
"""

import json
import math
import pathlib
import resource
import statistics
import subprocess
import sys
import time

import jsonschema
import jsonschema_rs

TURNS = 9
BINARY, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2])
CASES = ["github-workflow", "compose", "kubernetes", "kustomization", "tsconfig"]
HERE = pathlib.Path(__file__).parent


def microseconds(body):
    """Processor time of a call, over as many calls as fill a tenth of a second."""
    body()
    calls, start = 0, time.process_time()
    while True:
        body()
        calls += 1
        spent = time.process_time() - start
        if spent >= 0.1:
            return spent / calls * 1e6


class Documents:
    def __init__(self, name):
        read = lambda file: json.loads(file.read_text())
        self.folder = FOLDER / name
        self.schema = read(self.folder / "schema.json")
        self.valid = [read(file) for file in sorted((self.folder / "instances").iterdir())]
        self.faulty = [read(file) for file in sorted((self.folder / "faulty").iterdir())]


def rust(documents):
    compile = lambda: jsonschema_rs.Draft7Validator(documents.schema, validate_formats=False)
    is_valid = compile().is_valid
    accepted = sum(map(is_valid, documents.valid))
    refused = sum(not is_valid(each) for each in documents.faulty)

    def run():
        for each in documents.valid:
            is_valid(each)

    return {
        "valid": microseconds(run) / len(documents.valid),
        "compile": microseconds(compile),
        "accepted": accepted,
        "refused": refused,
    }


def python(documents):
    validator = jsonschema.Draft7Validator(documents.schema)
    run = lambda: [validator.is_valid(each) for each in documents.valid]

    def compile():
        jsonschema.Draft7Validator.check_schema(documents.schema)
        jsonschema.Draft7Validator(documents.schema)

    return {"valid": microseconds(run) / len(documents.valid), "compile": microseconds(compile)}


def command(documents):
    """check-jsonschema as a process, reading the files: what one who runs it waits for."""
    files = sorted(map(str, (documents.folder / "instances").iterdir()))
    program = pathlib.Path(sys.executable).parent / "check-jsonschema"
    options = ["--schemafile", str(documents.folder / "schema.json"), "--disable-formats", "*"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, *options, *files], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(files) * 1e6


def lines(arguments):
    result = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        print(result.stderr, file=sys.stderr)
        return {}
    return {line["case"]: line for line in map(json.loads, result.stdout.splitlines())}


def median(turns, name, key):
    values = [turn[name][key] for turn in turns if name in turn and key in turn[name]]
    return statistics.median(values) if values else None


def shown(value, digits=2):
    return "–" if value is None else f"{value:,.{digits}f}"


def main():
    documents = {name: Documents(name) for name in CASES}
    ours, theirs, ajv = [], [], []
    for _ in range(TURNS):
        ours.append(lines([BINARY, "measure", str(FOLDER)]))
        theirs.append({name: rust(documents[name]) for name in CASES})
    for _ in range(3):
        ajv.append(lines(["env", "NODE_PATH=/usr/share/nodejs", "node", str(HERE / "ajv.js"), str(FOLDER), *CASES]))
    slow = [{name: python(documents[name]) for name in CASES}]

    print("### isValid, µs a parsed document\n")
    print("| schema | documents | ConfigSchema | jsonschema-rs | ratio | wanted | ajv 6 | python-jsonschema | check-jsonschema, a process |")
    print("|---|---|---|---|---|---|---|---|---|")
    ratios = []
    for name in CASES:
        for turn in theirs:
            assert turn[name]["accepted"] == len(documents[name].valid), f"{name}: jsonschema-rs refuses some"
            assert turn[name]["refused"] == len(documents[name].faulty), f"{name}: jsonschema-rs accepts a fault"
        mine, other = median(ours, name, "valid"), median(theirs, name, "valid")
        ratios.append(mine / other)
        row = [name, str(len(documents[name].valid)), shown(mine), shown(other), shown(ratios[-1]), "≤ 0.85"]
        row += [shown(median(ajv, name, "valid")), shown(median(slow, name, "valid"), 0), shown(command(documents[name]), 0)]
        print("| " + " | ".join(row) + " |")
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"| geometric mean | | | | {mean:.2f} | ≤ 0.60 | | | |")

    print("\n### Compiling, with the check by the meta-schema; explaining; memory\n")
    print("| schema | compile, µs | jsonschema-rs, µs | ratio (≤ 1.00) | ajv 6, µs | explain ÷ isValid (≤ 10) | in words ÷ isValid | compiled, KiB |")
    print("|---|---|---|---|---|---|---|---|")
    for name in CASES:
        mine, other = median(ours, name, "compile"), median(theirs, name, "compile")
        explain = median(ours, name, "explain") / median(ours, name, "valid")
        size = median(ours, name, "bytes") / 1024
        row = [name, shown(mine, 0), shown(other, 0), shown(mine / other), shown(median(ajv, name, "compile"), 0)]
        told = median(ours, name, "told") / median(ours, name, "valid")
        print("| " + " | ".join([*row, shown(explain, 1), shown(told, 1), shown(size, 0)]) + " |")


main()

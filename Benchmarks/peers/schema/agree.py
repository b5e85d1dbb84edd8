"""Asks jsonschema-rs of the documents that `SchemaSurvey verdicts` prints, and lists where the two differ.

Usage: SchemaSurvey verdicts SUITES COUNT | agree.py SUITES DIFFERENCES

DIFFERENCES has a line `schema: reason` for each schema whose differences are known; any other one fails the run.
"""

import collections
import json
import pathlib
import sys

import jsonschema_rs

SUITES, KNOWN = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
FOLDER = SUITES / "schemastore" / "schemas"
DRAFTS = [
    ("draft-04", jsonschema_rs.Draft4Validator),
    ("draft-06", jsonschema_rs.Draft6Validator),
    ("draft/2019-09", jsonschema_rs.Draft201909Validator),
    ("draft/2020-12", jsonschema_rs.Draft202012Validator),
]


def by_uri():
    found = {}
    for file in FOLDER.glob("*.json"):
        schema = json.loads(file.read_text())
        for base in ("https://json.schemastore.org/", "https://www.schemastore.org/"):
            found[base + file.name] = found[base + file.stem] = schema
        for key in ("$id", "id"):
            if isinstance(schema, dict) and isinstance(schema.get(key), str):
                found[schema[key].replace("#", "")] = schema
    return found


URIS = by_uri()


def retrieve(uri):
    return URIS[uri.split("#")[0]]


def validator(name):
    schema = json.loads((FOLDER / f"{name}.json").read_text())
    declared = schema.get("$schema", "") if isinstance(schema, dict) else ""
    key = "id" if "draft-04" in declared else "$id"
    # Relative references start somewhere, as they do here.
    if isinstance(schema, dict) and key not in schema:
        schema[key] = f"https://json.schemastore.org/{name}.json"
    kind = next((each for mark, each in DRAFTS if mark in declared), jsonschema_rs.Draft7Validator)
    return kind(schema, validate_formats=True, retriever=retrieve)


def main():
    known = dict(
        line.split(": ", 1) for line in KNOWN.read_text().splitlines() if line and not line.startswith("#")
    )
    counts, differences, examples, refused = collections.Counter(), collections.Counter(), {}, {}
    name, check = None, None
    for line in sys.stdin.buffer:
        mark, _, text = line.rstrip(b"\n").partition(b"\t")
        if mark == b"S":
            name = text.decode()
            try:
                check = validator(name)
            except Exception as error:  # whatever it does not compile is not compared
                check, refused[name] = None, str(error).splitlines()[0][:100]
            continue
        if check is None:
            counts["not compiled there"] += 1
            continue
        if mark == b"?":
            counts["no verdict here"] += 1
            continue
        value = json.loads(text)
        verdict = check.is_valid(value)
        counts["compared"] += 1
        counts["valid" if verdict else "invalid"] += 1
        if verdict != (mark == b"1"):
            differences[name] += 1
            size = len(text)
            if name not in examples or size < len(examples[name][0]):
                examples[name] = (text, verdict, next((e.message for e in check.iter_errors(value)), ""))
    print(", ".join(f"{count:,} {what}" for what, count in counts.most_common()))
    print(f"{sum(differences.values()):,} differences in {len(differences)} schemas; not compiled there: {len(refused)}")
    for name, reason in sorted(refused.items()):
        print(f"- {name} is not compiled there: {reason}")
    for name, count in sorted(differences.items()):
        text, verdict, message = examples[name]
        print(f"- {name}: {count}, {known.get(name, 'NOT EXPLAINED')}")
        if name not in known:
            print(f"    jsonschema-rs says {verdict} {message[:160]}\n    {text.decode()[:300]}")
    for name in sorted(set(known) - set(differences)):
        print(f"- {name}: explained, but no difference was found in this run")
    sys.exit(1 if set(differences) - set(known) else 0)


main()

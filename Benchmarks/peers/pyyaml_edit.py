"""Loads a YAML file with PyYAML's C loader, sets one value, dumps it: IN OUT [PATH-AS-JSON TEXT]. Keeps nothing but data."""

import json
import sys

import yaml

with open(sys.argv[1], "rb") as file:
    documents = list(yaml.load_all(file, Loader=yaml.CSafeLoader))
if len(sys.argv) > 3:
    *parents, last = json.loads(sys.argv[3])
    node = documents[0]
    for step in parents:
        node = node[step]
    node[last] = sys.argv[4]
with open(sys.argv[2], "wb") as file:
    yaml.dump_all(documents, file, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, encoding="utf-8")

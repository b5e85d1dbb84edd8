"""Loads a YAML file with ruamel.yaml's round-trip loader, sets one value, writes it: IN OUT [PATH-AS-JSON TEXT]."""

import json
import sys

from ruamel.yaml import YAML

yaml = YAML(typ="rt")
# The kindest settings that one can give for all files.
yaml.preserve_quotes = True
yaml.width = 1 << 20

with open(sys.argv[1], "rb") as file:
    documents = list(yaml.load_all(file))
if len(sys.argv) > 3:
    *parents, last = json.loads(sys.argv[3])
    node = documents[0]
    for step in parents:
        node = node[step]
    node[last] = sys.argv[4]
with open(sys.argv[2], "wb") as file:
    yaml.dump_all(documents, file)

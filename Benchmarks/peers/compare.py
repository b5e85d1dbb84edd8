"""The same work by what a user would take instead: load a file, set one value, write it. Prints Markdown.

For each tool: how many files it writes back unchanged when nothing is edited; how many single edits change nothing but
the value; how many comments it loses; and what it takes, as a ratio to libyaml's event loop (jansson's json_loadb for JSON)
on a file of 1 MB. Times are processor times of processes, less the same tool on a tiny file, so that no interpreter's start counts.
"""

import collections
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
BENCHMARKS = HERE.parent
ROOT = BENCHMARKS.parent
BUILD = BENCHMARKS / ".build" / "release"
VENV = BENCHMARKS / ".venv" / "bin" / "python"
EVERY = int(os.environ.get("PEERS_EVERY", "8"))
TEXT = "edited"
LIMIT = 120

Edit = collections.namedtuple("Edit", "steps pointer line start end ideal")


class Tool:
    """A command that reads a file and writes another; `edit` is None where it cannot set a value."""

    def __init__(self, name, version, copy, edit=None, suffix=".yaml", note=""):
        self.name, self.version, self.copy, self.edit, self.suffix, self.note = name, version, copy, edit, suffix, note

    def run(self, source, target, edit=None):
        command = self.edit(source, target, edit) if edit else self.copy(source, target)
        standard_output = None
        if command[-1] == ">":
            command, standard_output = command[:-1], open(target, "wb")
        try:
            environment = dict(os.environ, NODE_PATH="/usr/share/nodejs")
            done = subprocess.run(
                command, stdout=standard_output or subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT,
                env=environment)
        except subprocess.TimeoutExpired:
            return False
        finally:
            if standard_output:
                standard_output.close()
        return done.returncode == 0 and os.path.exists(target)


def output_of(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except OSError:
        return ""
    return (done.stdout + done.stderr).strip()


def version_in(text):
    found = re.search(r"\d+\.\d+(\.\d+)?", text)
    return found.group(0) if found else "?"


def jq_path(edit):
    return "." + "".join(f"[{json.dumps(step)}]" for step in edit.steps) + f" = {json.dumps(TEXT)}"


def tools():
    ours = str(BUILD / "EditFile")
    python = str(VENV)
    found, missing = [], []

    def ours_edit(source, target, edit):
        return [ours, "write", source, target, edit.pointer, TEXT]

    found.append(Tool("cfgmigrate", "", lambda s, t: [ours, "write", s, t], ours_edit))

    def script(name, interpreter, path, version, note=""):
        found.append(
            Tool(
                name, version, lambda s, t: [interpreter, path, s, t],
                lambda s, t, e: [interpreter, path, s, t, json.dumps(e.steps), TEXT], note=note))

    script(
        "ruamel.yaml, round trip", python, str(HERE / "ruamel_edit.py"),
        output_of(python, "-c", "import ruamel.yaml; print(ruamel.yaml.__version__)"), "quotes kept, lines not wrapped")
    if output_of("node", "-e", "require('/usr/share/nodejs/yaml'); console.log('yes')") == "yes":
        version = output_of("node", "-p", "require('/usr/share/nodejs/yaml/package.json').version")
        script("node yaml, Document", "node", str(HERE / "node_edit.js"), version, "lines not wrapped")
    else:
        missing.append("node's yaml (Debian's node-yaml)")
    if shutil.which("fy-tool"):
        found.append(
            Tool(
                "libfyaml, fy-tool", version_in(output_of("fy-tool", "--version")),
                lambda s, t: ["fy-tool", "--dump", "--comment", "--width", "inf", s, ">"],
                note="comments on, lines not wrapped; has no edit"))
    else:
        missing.append("fy-tool (Debian's libfyaml-utils)")
    go_yq = next((path for path in ("yq-go", "yq") if "mikefarah" in output_of(path, "--version")), None)
    if go_yq:
        found.append(
            Tool(
                "yq (Go)", version_in(output_of(go_yq, "--version")), lambda s, t: [go_yq, ".", s, ">"],
                lambda s, t, e: [go_yq, jq_path(e), s, ">"]))
    else:
        missing.append("yq written in Go (Debian 12 and PyPI have none)")
    if shutil.which("yq") and go_yq != "yq":
        found.append(
            Tool(
                "Debian's yq (a wrapper of jq)", version_in(output_of("yq", "--version")),
                lambda s, t: ["yq", "-y", "-w", "100000", ".", s, ">"],
                lambda s, t, e: ["yq", "-y", "-w", "100000", jq_path(e), s, ">"]))
    script(
        "PyYAML, C loader and dumper", python, str(HERE / "pyyaml_edit.py"),
        output_of(python, "-c", "import yaml; print(yaml.__version__)"), "keeps data only")
    found.append(
        Tool("cfgmigrate", "", lambda s, t: [ours, "write", s, t], ours_edit, suffix=".json"))
    if shutil.which("jq"):
        found.append(
            Tool(
                "jq", version_in(output_of("jq", "--version")), lambda s, t: ["jq", ".", s, ">"],
                lambda s, t, e: ["jq", jq_path(e), s, ">"], suffix=".json", note="the file's indentation is not looked for"))
    else:
        missing.append("jq")
    return found, missing


def comments(text):
    """The comments of a YAML text: what stands behind `#` between libyaml's tokens."""
    found, end = collections.Counter(), 0
    try:
        for token in yaml.scan(text, Loader=yaml.CLoader):
            found.update(re.findall(r"#[^\n]*", text[end:token.start_mark.index]))
            if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
                header = text[token.start_mark.index:].split("\n", 1)[0]
                found.update(re.findall(r"\s(#.*)", header))
            end = max(end, token.end_mark.index)
    except yaml.YAMLError:
        return None
    return collections.Counter({comment.strip(): count for comment, count in found.items()})


def edit_for(text, is_json):
    """The first plain value that is reached by keys and indices alone, deep enough to be of interest."""
    try:
        root = next(iter(yaml.compose_all(text, Loader=yaml.CSafeLoader)), None)
    except yaml.YAMLError:
        return None
    best, open_nodes, seen = None, [(root, [])], 0
    while open_nodes and seen < 2000:
        node, steps = open_nodes.pop()
        seen += 1
        if isinstance(node, yaml.MappingNode):
            for key, value in reversed(node.value):
                if isinstance(key, yaml.ScalarNode) and key.tag == "tag:yaml.org,2002:str" and key.value != "<<":
                    open_nodes.append((value, steps + [key.value]))
        elif isinstance(node, yaml.SequenceNode):
            open_nodes.extend((item, steps + [index]) for index, item in reversed(list(enumerate(node.value))))
        elif isinstance(node, yaml.ScalarNode) and steps:
            start, end = node.start_mark.index, node.end_mark.index
            source = text[start:end]
            is_fit = source == json.dumps(node.value, ensure_ascii=False) if is_json else source == node.value
            if not is_fit or not source or "\n" in source or source == TEXT:
                continue
            if best is None or len(steps) > len(best[0]):
                best = (steps, start, end, node.start_mark.line)
            if best and len(best[0]) >= 3:
                break
    if best is None:
        return None
    steps, start, end, line = best
    pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    new = json.dumps(TEXT) if is_json else TEXT
    return Edit(steps, pointer, line, start, end, text[:start] + new + text[end:])


def changed_bytes(wanted, got):
    """The bytes of the lines that `diff` shows on either side."""
    with tempfile.TemporaryDirectory() as scratch:
        paths = [os.path.join(scratch, name) for name in ("wanted", "got")]
        for path, data in zip(paths, (wanted, got)):
            pathlib.Path(path).write_bytes(data)
        done = subprocess.run(["diff", "-a", "--speed-large-files", *paths], capture_output=True)
    return sum(len(line) - 2 for line in done.stdout.splitlines() if line[:2] in (b"< ", b"> "))


def inputs(suffix):
    """The samples, and every n-th file of the corpus of real ones, where it is."""
    files = sorted((ROOT / "samples").rglob("*" + suffix))
    suites = pathlib.Path(os.environ.get("CFGMIGRATE_SUITES", ROOT.parent / "shared" / "suites"))
    corpus = sorted((suites / "corpus").rglob("*" + suffix))[::EVERY]
    fit = []
    for path in files + corpus:
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if text.startswith("\ufeff") or "\r" in text or not text:
            continue
        if suffix == ".json":
            try:
                json.loads(text)
            except ValueError:
                continue
        elif comments(text) is None:
            continue
        fit.append((path, data, text))
    return fit, len(files), len(corpus)


def judge(tool, files, scratch):
    """The table's numbers for one tool."""
    tally = collections.Counter()
    target = os.path.join(scratch, "out" + tool.suffix)
    for path, data, text in files:
        source = os.path.join(scratch, "in" + tool.suffix)
        pathlib.Path(source).write_bytes(data)
        pathlib.Path(target).unlink(missing_ok=True)
        if not tool.run(source, target):
            tally["refused"] += 1
            continue
        written = pathlib.Path(target).read_bytes()
        tally["files"] += 1
        tally["identical"] += written == data
        tally["changed"] += changed_bytes(data, written)
        before = comments(text) if tool.suffix == ".yaml" else None
        if before:
            after = comments(written.decode("utf-8", "replace")) or collections.Counter()
            tally["comments"] += sum(before.values())
            tally["lost"] += sum((before - after).values())
        edit = edit_for(text, tool.suffix == ".json")
        if edit is None or tool.edit is None:
            continue
        tally["edits"] += 1
        pathlib.Path(target).unlink(missing_ok=True)
        if not tool.run(source, target, edit):
            tally["failed edits"] += 1
            continue
        written = pathlib.Path(target).read_bytes()
        tally["exact"] += written == edit.ideal.encode()
        tally["changed beside"] += changed_bytes(edit.ideal.encode(), written)
    return tally


def seconds(command):
    """The processor time of a command and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=LIMIT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratio(tool, scratch):
    """The tool's time over the yardstick's, both least of ten, in turns, each less its own start."""
    big, tiny = (os.path.join(scratch, name + tool.suffix) for name in ("big", "tiny"))
    is_json = tool.suffix == ".json"
    pathlib.Path(tiny).write_text('{"a": 1}\n' if is_json else "a: 1\n")
    if not os.path.exists(big):
        with open(big, "wb") as file:
            subprocess.run([str(BUILD / "DocumentBenchmark"), "json" if is_json else "yaml"], stdout=file, check=True)
    edit = edit_for(pathlib.Path(big).read_text()[:100_000].rsplit("\n  ", 1)[0], False) if not is_json else None
    target = os.path.join(scratch, "timed" + tool.suffix)
    environment = dict(os.environ, NODE_PATH="/usr/share/nodejs")
    os.environ.update(environment)

    def command(path):
        made = tool.edit(path, target, edit) if tool.edit and edit and path == big else tool.copy(path, target)
        return made[:-1] if made[-1] == ">" else made

    yardstick = [str(BUILD / "EditFile"), "load" if is_json else "events"]
    least = collections.defaultdict(lambda: float("inf"))
    for turn in range(10):
        for name, run in (
            ("base", yardstick + [big]), ("base start", yardstick + [tiny]), ("tool", command(big)),
            ("tool start", command(tiny)),
        ):
            least[name] = min(least[name], seconds(run))
        # Slow tools are measured less often: noise is small beside them.
        if least["tool"] > 2 and turn > 0:
            break
    return (least["tool"] - least["tool start"]) / (least["base"] - least["base start"])


def main():
    found, missing = tools()
    with tempfile.TemporaryDirectory() as scratch:
        for suffix, title in ((".yaml", "YAML"), (".json", "JSON")):
            files, samples, corpus = inputs(suffix)
            size = sum(len(data) for _, data, _ in files)
            print(f"\n### {title}: {len(files)} files, {size} bytes\n")
            print(
                f"{samples} samples of this repository and {corpus} real files (every {EVERY}th of the corpus), less those that no"
                " reader takes; LF files in UTF-8 only.\n")
            yardstick = "libyaml" if suffix == ".yaml" else "jansson"
            print(
                "| tool | files refused | identical without an edit | bytes in changed lines | comments lost | edits exact"
                f" | bytes in lines changed beside the edit | time, × raw {yardstick} |")
            print("|---|---|---|---|---|---|---|---|")
            for tool in found:
                if tool.suffix != suffix:
                    continue
                tally = judge(tool, files, scratch)
                name = " ".join(part for part in (tool.name, tool.version) if part)
                name += f" ({tool.note})" if tool.note else ""
                edits = f"{tally['exact']} of {tally['edits']}" if tool.edit else "–"
                beside = tally["changed beside"] if tool.edit else "–"
                lost = f"{tally['lost']} of {tally['comments']}" if suffix == ".yaml" else "–"
                print(
                    f"| {name} | {tally['refused']} | {tally['identical']} of {tally['files']} | {tally['changed']} | {lost}"
                    f" | {edits} | {beside} | {ratio(tool, scratch):.1f} |", flush=True)
    if missing:
        print("\nNot to be had here, and left out: " + "; ".join(missing) + ".")


if __name__ == "__main__":
    sys.exit(main())

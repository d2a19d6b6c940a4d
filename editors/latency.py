"""How long an editor waits: `assess lsp` beside `ruff server`, driven by one client in one run.

Usage: latency.py ASSESS [RUFF]. Both get texts of the same bytes: an assessment, and Python made of
numbers. Printed are the median and the 95th percentile in milliseconds, and ours as a share of Ruff's.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 60


class Client:
    def __init__(self, command, folder):
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.id = 0
        capabilities = {"textDocument": {"publishDiagnostics": {"versionSupport": True}, "diagnostic": {}}}
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self.tell("initialized", {})

    def send(self, message):
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        # What is asked of a client is answered, so that nobody waits.
        if "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method, params):
        self.id += 1
        self.send({"id": self.id, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.id and "method" not in message:
                return message


def measure(command, folder, name, language, text, mark):
    client = Client(command, folder)
    uri = (folder / name).as_uri()
    document = {"uri": uri, "languageId": language, "version": 1, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": document})
    client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
    keys, hovers = [], []
    end = text.count("\n")
    for version in range(2, ROUNDS + 2):
        # A key at the end, which breaks nothing.
        at = {"line": end, "character": version - 2}
        change = {"range": {"start": at, "end": at}, "text": mark if version == 2 else "x"}
        if version == 2:
            at["character"] = 0
        else:
            at["character"] = len(mark) + version - 3
        start = time.perf_counter()
        client.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]},
        )
        client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})
        keys.append(1000 * (time.perf_counter() - start))
        start = time.perf_counter()
        client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": version, "character": 4}})
        hovers.append(1000 * (time.perf_counter() - start))
    client.ask("shutdown", None)
    client.tell("exit", None)
    client.process.wait()
    return keys, hovers


def row(name, times):
    times = sorted(times)
    high = times[int(len(times) * 0.95)]
    print(f"{name:34} {statistics.median(times):8.1f} {high:8.1f}")
    return statistics.median(times)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    text = (root / "assessments/nato.assess").read_text()
    if not text.endswith("\n"):
        text += "\n"
    python = ""
    i = 0
    while len(python) < len(text):
        python += f"value_{i} = {i} + len('{'x' * (i % 40)}')\n"
        i += 1
    print(f"{'':34} {'median':>8} {'p95':>8}  (ms, {len(text)} bytes)")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder).resolve()
        ours = measure([sys.argv[1], "lsp"], folder, "a.assess", "assess", text, "# ")
        our_keys = row("assess: findings after a key", ours[0])
        row("assess: hover", ours[1])
        if len(sys.argv) > 2:
            theirs = measure([sys.argv[2], "server"], folder, "a.py", "python", python, "# ")
            their_keys = row("ruff: findings after a key", theirs[0])
            row("ruff: hover", theirs[1])
            print(f"findings: {our_keys / their_keys:.1f} of ruff's")


main()

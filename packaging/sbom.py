#!/usr/bin/env python3
"""What the command is made of, as a bill of materials in CycloneDX: each crate with its licence and checksum.

    cargo metadata … | sbom.py Cargo.lock VERSION > assess.cdx.json

The same lock file makes the same bytes: there is neither a time nor a random number in it.
"""

import json
import re
import sys
from collections import deque


def checksums(lock: str) -> "dict[tuple[str, str], str]":
    """By name and version the checksum that the lock file holds."""
    found = {}
    for block in lock.split("[[package]]")[1:]:
        fields = dict(re.findall(r'^(name|version|checksum) = "(.*)"$', block, re.M))
        if "checksum" in fields:
            found[fields["name"], fields["version"]] = fields["checksum"]
    return found


def linked(metadata: dict) -> "dict[str, list[str]]":
    """What goes into the command, by id what it depends on: what only tests or builds need does not."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    found, waiting = {}, deque([metadata["resolve"]["root"]])
    while waiting:
        own = waiting.popleft()
        if own in found:
            continue
        normal = [d["pkg"] for d in nodes[own]["deps"] if any(k["kind"] is None for k in d["dep_kinds"])]
        found[own] = sorted(normal)
        waiting.extend(normal)
    return found


def main() -> None:
    metadata = json.load(sys.stdin)
    with open(sys.argv[1], encoding="utf-8") as file:
        sums = checksums(file.read())
    packages = {package["id"]: package for package in metadata["packages"]}
    depends = linked(metadata)

    def reference(own: str) -> str:
        return f"pkg:cargo/{packages[own]['name']}@{packages[own]['version']}"

    def component(own: str) -> dict:
        package = packages[own]
        made = {"type": "library", "bom-ref": reference(own), "name": package["name"], "version": package["version"]}
        if package["license"]:
            # Older crates separate licences of which one may choose by a stroke.
            made["licenses"] = [{"expression": re.sub(r"\s*/\s*", " OR ", package["license"])}]
        if (package["name"], package["version"]) in sums:
            made["hashes"] = [{"alg": "SHA-256", "content": sums[package["name"], package["version"]]}]
            made["purl"] = reference(own)
        return made

    root = metadata["resolve"]["root"]
    others = sorted((own for own in depends if own != root), key=reference)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {**component(root), "type": "application", "version": sys.argv[2]}},
        "components": [component(own) for own in others],
        "dependencies": [{"ref": reference(own), "dependsOn": [reference(d) for d in depends[own]]} for own in [root, *others]],
    }
    json.dump(bill, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()

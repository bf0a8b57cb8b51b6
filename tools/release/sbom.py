"""The bill of materials of one executable (CycloneDX 1.6): what the lock file names, and the .NET runtime that is in it. tools/sbom lists all sources."""

import base64
import json
import os
import uuid

from project import path_of, read

# They compile, and nothing of them is in the executable but what the runtime pack has; System.Memory is part of .NET, and its package is empty there.
_NOT_INSIDE = ("Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks", "System.Memory")


def of(release):
    licences = _licences()
    components = [_component(name, version, licences[name], content_hash) for name, version, content_hash in sorted(_locked(release))]
    components.append(_component(release.runtime_pack, release.runtime_version, "MIT", None))
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # Of this executable and no other, so that the same input gives the same file.
        "serialNumber": "urn:uuid:%s" % uuid.uuid5(uuid.NAMESPACE_OID, release.sha256),
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "tinyreorder",
                "name": "tinyreorder",
                "version": release.version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
                "hashes": [{"alg": "SHA-256", "content": release.sha256}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "tinyreorder", "dependsOn": [component["bom-ref"] for component in components]}],
    }
    return (json.dumps(bill, indent=2) + "\n").encode("utf-8")


def _locked(release):
    """Packages with version and hash, of the platform's own lock file, or where it has none those of the managed tool."""
    path = path_of("src", "TinyReorder.Cli", "packages.%s.lock.json" % release.platform.runtime)
    lock = json.loads(read(path if os.path.exists(path) else path_of("src", "TinyReorder.Cli", "packages.lock.json")))
    for framework in lock["dependencies"].values():
        for name, package in framework.items():
            if package["type"] != "Project" and name not in _NOT_INSIDE and not name.startswith("runtime."):
                yield name, package["resolved"], package["contentHash"]


def _component(name, version, licence, content_hash):
    purl = "pkg:nuget/%s@%s" % (name, version)
    component = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "licenses": [{"license": {"id": licence}}]}
    if content_hash:
        component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(content_hash).hex()}]
    return component


def _licences():
    rows = [line.split("|") for line in read("docs", "dependencies.md").splitlines() if line.startswith("| ")]
    return {row[1].strip(): row[3].strip() for row in rows}

"""The npm packages: one with the executable of a platform, and the one that people name, which asks for that of theirs."""

import json
import os

from archive import EXECUTABLE, PLAIN, write_tar
from platforms import PLATFORMS
from project import path_of, read


def write(release, texts, output):
    platform = release.platform
    common = {"version": release.version, "license": "Apache-2.0 AND BSD-2-Clause AND MIT"}
    own = dict({"name": "@tinyreorder/" + platform.npm, "description": "The executable of tinyreorder for %s." % platform.runtime}, **common)
    own.update(os=[platform.npm_os], cpu=[platform.cpu], preferUnplugged=True)
    if platform.npm_libc:
        own["libc"] = [platform.npm_libc]
    files = dict(texts, **{"package.json": _json(own), "README.md": (own["description"] + " Install `tinyreorder` instead.\n").encode("utf-8")})
    packed = {"package/" + name: (content, PLAIN) for name, content in files.items()}
    packed["package/" + release.executable_name] = (release.executable, EXECUTABLE)
    executable = os.path.join(output, "tinyreorder-%s-%s.tgz" % (platform.npm, release.version))
    write_tar(executable, packed)

    main = dict({"name": "tinyreorder", "description": release.description, "keywords": release.keywords}, **dict(common, license="Apache-2.0"))
    main.update(bin={"tinyreorder": "tinyreorder.js"}, main="index.js", engines={"node": ">=18"})
    main["optionalDependencies"] = {"@tinyreorder/" + other.npm: release.version for other in PLATFORMS.values()}
    packed = {"package/package.json": (_json(main), PLAIN), "package/LICENSE": (texts["LICENSE"], PLAIN)}
    packed["package/README.md"] = (read("docs", "cli.md").encode("utf-8"), PLAIN)
    packed["package/index.js"] = (_source("index.js"), PLAIN)
    packed["package/tinyreorder.js"] = (_source("tinyreorder.js"), EXECUTABLE)
    launcher = os.path.join(output, "tinyreorder-%s.tgz" % release.version)
    write_tar(launcher, packed)
    return [executable, launcher]


def _source(name):
    return read(path_of("packages", "npm", "tinyreorder", name)).encode("utf-8")


def _json(value):
    return (json.dumps(value, indent=2) + "\n").encode("utf-8")

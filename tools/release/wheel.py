"""The Python wheel: the package, and the executable as a script that pip puts beside the others."""

import base64
import hashlib
import os

from archive import EXECUTABLE, PLAIN, write_zip
from project import path_of, read


def write(release, texts, output):
    glibc = "%d_%d" % release.glibc if "{glibc}" in release.platform.wheel else ""
    tag = "py3-none-" + release.platform.wheel.format(glibc=glibc)
    name = "tinyreorder-%s" % release.version
    info, files = name + ".dist-info/", {}
    folder = path_of("packages", "python", "tinyreorder")
    for file in sorted(os.listdir(folder)):
        if file.endswith(".py") or file == "py.typed":
            files["tinyreorder/" + file] = (read(folder, file).encode("utf-8"), PLAIN)
    files["%s.data/scripts/%s" % (name, release.executable_name)] = (release.executable, EXECUTABLE)
    for path, content in texts.items():
        files[info + ("licenses/" if not path.endswith(".json") else "sboms/") + path] = (content, PLAIN)
    files[info + "METADATA"] = (_metadata(release, texts).encode("utf-8"), PLAIN)
    files[info + "WHEEL"] = (("Wheel-Version: 1.0\nGenerator: tinyreorder\nRoot-Is-Purelib: false\nTag: %s\n" % tag).encode("utf-8"), PLAIN)
    record = "".join("%s,sha256=%s,%d\n" % (path, _digest(files[path][0]), len(files[path][0])) for path in sorted(files))
    files[info + "RECORD"] = ((record + info + "RECORD,,\n").encode("utf-8"), PLAIN)
    path = os.path.join(output, "%s-%s.whl" % (name, tag))
    # Installers look for the metadata at the end.
    write_zip(path, files, order=lambda names: sorted(names, key=lambda file: (file.startswith(info), file == info + "RECORD", file)))
    return [path]


def _metadata(release, texts):
    lines = [
        "Metadata-Version: 2.4",
        "Name: tinyreorder",
        "Version: " + release.version,
        "Summary: " + release.description,
        "Keywords: " + ",".join(release.keywords),
        "License-Expression: Apache-2.0 AND BSD-2-Clause AND MIT",
    ]
    lines += ["License-File: " + name for name in sorted(texts) if not name.endswith(".json")]
    lines += ["Classifier: Environment :: Console", "Classifier: Topic :: Software Development :: Embedded Systems", "Requires-Python: >=3.8"]
    lines += ["Description-Content-Type: text/markdown", "", read("docs", "python.md")]
    return "\n".join(lines)


def _digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")

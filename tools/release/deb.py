"""The Debian package: /usr/bin/tinyreorder, its licences, and completion for bash. dpkg-deb packs it."""

import os
import subprocess
import tempfile

from archive import EXECUTABLE, PLAIN
from project import EPOCH, read


def write(release, texts, output):
    path = os.path.join(os.path.abspath(output), "tinyreorder_%s_%s.deb" % (release.version, release.platform.debian))
    files = {"usr/share/doc/tinyreorder/" + name: (content, PLAIN) for name, content in texts.items()}
    # Debian's name for the licences of a package.
    files["usr/share/doc/tinyreorder/copyright"] = (b"\n".join(texts[name] for name in sorted(texts) if not name.endswith(".json")), PLAIN)
    files["usr/bin/tinyreorder"] = (release.executable, EXECUTABLE)
    completion = read("src", "TinyReorder.Cli", "Completion", "tinyreorder.bash").encode("utf-8")
    files["usr/share/bash-completion/completions/tinyreorder"] = (completion, PLAIN)
    files["DEBIAN/control"] = (_control(release, files).encode("utf-8"), PLAIN)
    with tempfile.TemporaryDirectory() as folder:
        for name, (content, mode) in files.items():
            file = os.path.join(folder, name)
            os.makedirs(os.path.dirname(file), mode=0o755, exist_ok=True)
            with open(file, "wb") as stream:
                stream.write(content)
            os.chmod(file, mode)
        os.chmod(folder, 0o755)
        line = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z3", folder, path]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, env=dict(os.environ, SOURCE_DATE_EPOCH=str(EPOCH)))
    return [path]


def _control(release, files):
    kilobytes = sum(len(content) + 1023 for content, _ in files.values()) // 1024
    return "\n".join([
        "Package: tinyreorder",
        "Version: " + release.version,
        "Architecture: " + release.platform.debian,
        "Maintainer: TinyReorder contributors <noreply@invalid>",
        "Installed-Size: %d" % kilobytes,
        "Depends: libc6 (>= %d.%d)" % release.glibc + ("" if release.native else ", libstdc++6"),
        "Section: devel",
        "Priority: optional",
        "Description: less SRAM for TensorFlow Lite models on microcontrollers",
        " " + release.description,
        "",
    ])

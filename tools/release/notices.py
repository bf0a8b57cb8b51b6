"""The licence texts of everything that is in the executable."""

import os

from project import read


def of(release):
    """File names with their texts."""
    pack = os.path.join(_packages(), release.runtime_pack.lower(), release.runtime_version)
    texts = {"LICENSE": read("LICENSE"), "THIRD-PARTY-NOTICES.txt": read("THIRD-PARTY-NOTICES.txt")}
    for name, source in (("DOTNET-LICENSE.txt", "LICENSE.TXT"), ("DOTNET-THIRD-PARTY-NOTICES.txt", "THIRD-PARTY-NOTICES.TXT")):
        with open(os.path.join(pack, source), encoding="utf-8-sig") as file:
            texts[name] = file.read()
    return {name: text.replace("\r\n", "\n").encode("utf-8") for name, text in texts.items()}


def _packages():
    return os.environ.get("NUGET_PACKAGES") or os.path.join(os.path.expanduser("~"), ".nuget", "packages")

"""What the packages say of the project, read from where it stands already."""

import hashlib
import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# No file in an archive has a time of its own: the first one that a zip can hold.
EPOCH = 315532800


def path_of(*parts):
    return os.path.join(ROOT, *parts)


def read(*parts):
    with open(path_of(*parts), encoding="utf-8") as file:
        return file.read()


def element(text, name):
    """The content of an XML element that stands once."""
    found = re.search("<%s(?: [^>]*)?>([^<]*)</%s>" % (name, name), text)
    if not found:
        raise ValueError("no <%s>" % name)
    return found.group(1)


class Release:
    """One executable: its platform, its content, and what packages say of it."""

    def __init__(self, platform, native, published):
        project = read("src", "TinyReorder.Cli", "TinyReorder.Cli.csproj")
        self.platform, self.native = platform, native
        self.version = element(read("Directory.Build.props"), "Version")
        self.description = element(project, "Description")
        self.keywords = element(project, "PackageTags").split(";")
        self.runtime_version = element(project, "RuntimeFrameworkVersion")
        self.executable_name = "tinyreorder.exe" if platform.npm_os == "win32" else "tinyreorder"
        with open(os.path.join(published, self.executable_name), "rb") as file:
            self.executable = file.read()
        self.sha256 = hashlib.sha256(self.executable).hexdigest()

    @property
    def glibc(self):
        """The version of glibc that the executable asks for, such as (2, 34)."""
        return max((int(major), int(minor)) for major, minor in re.findall(rb"GLIBC_(\d+)\.(\d+)", self.executable))

    @property
    def runtime_pack(self):
        """The NuGet package with the .NET runtime that is in the executable."""
        return "Microsoft.NETCore.App.Runtime.%s%s" % ("NativeAOT." if self.native else "", self.platform.runtime)

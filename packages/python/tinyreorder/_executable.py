"""Where the executable lies that pip installed with this package."""

import os
import sysconfig


def executable():
    """The path of the command line tool.

    Raises FileNotFoundError where the package was copied without it.
    """
    packages = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    name = "tinyreorder.exe" if os.name == "nt" else "tinyreorder"
    looked = []
    for folder in _folders(packages):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
        looked.append(path)
    raise FileNotFoundError("tinyreorder's executable is not installed with its Python package; looked for " + ", ".join(looked))


def _folders(packages):
    # The scripts of the scheme whose packages these are: of an environment, of the system, of the user.
    for scheme in sysconfig.get_scheme_names():
        try:
            if os.path.realpath(sysconfig.get_path("platlib", scheme)) == os.path.realpath(packages):
                yield sysconfig.get_path("scripts", scheme)
        except KeyError:
            # A scheme of another operating system asks for what this one has not.
            continue
    # pip install --target and --prefix.
    yield os.path.join(packages, "bin")
    yield os.path.join(packages, "Scripts")
    yield os.path.normpath(os.path.join(packages, "..", "..", "..", "bin"))

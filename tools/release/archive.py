"""The archive: a folder with the executable, licences, the manual and the bill of materials. tar.gz, and zip for Windows."""

import gzip
import io
import os
import tarfile
import zipfile

from project import EPOCH, read

EXECUTABLE, PLAIN = 0o755, 0o644


def write(release, texts, output):
    name = "tinyreorder-%s-%s" % (release.version, release.platform.runtime)
    files = {name + "/" + path: (content, PLAIN) for path, content in texts.items()}
    files[name + "/README.md"] = (read("docs", "cli.md").encode("utf-8"), PLAIN)
    files[name + "/" + release.executable_name] = (release.executable, EXECUTABLE)
    is_windows = release.platform.npm_os == "win32"
    path = os.path.join(output, name + (".zip" if is_windows else ".tar.gz"))
    (write_zip if is_windows else write_tar)(path, files)
    return [path]


def write_tar(path, files):
    """Names with (content, mode), sorted, of nobody, without times."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, (content, mode) in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = len(content), mode, EPOCH
            tar.addfile(entry, io.BytesIO(content))
    with open(path, "wb") as file, gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=EPOCH) as compressed:
        compressed.write(packed.getvalue())


def write_zip(path, files, order=sorted):
    """The same as a zip."""
    with zipfile.ZipFile(path, "w") as archive:
        for name in order(files):
            content, mode = files[name]
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, (0o100000 | mode) << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=6)

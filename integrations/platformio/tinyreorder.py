# tinyreorder.py: TensorFlow Lite models as part of a PlatformIO build. In platformio.ini:
#
#   extra_scripts = pre:tinyreorder.py
#   custom_tinyreorder_models = models/kws.tflite      one or several, one a line
#   custom_tinyreorder_board = nano33ble               default: the environment's board; none checks no budget
#   custom_tinyreorder_options = --reserved-sram 8192  further options of "tinyreorder optimize"
#   custom_tinyreorder_command = tinyreorder           the command that starts the tool; default: the one on the PATH, in ~/.dotnet/tools, else that of
#                                                      the Python package
#
# Each model becomes kws.c, which is compiled with the project, "kws.h" and "kws_ops.h". They are made before anything is compiled, when the model, an option, a file that the run read or the
# tool changed; SCons compares contents, so that what stays the same is not compiled again.
import os
import re
import shlex
import shutil
import subprocess
import sys

Import("env")  # noqa: F821: SCons gives it


def option(name, default):
    return env.GetProjectOption("custom_tinyreorder_" + name, default)  # noqa: F821


def command():
    words = shlex.split(option("command", ""))
    if words:
        return words
    home = os.path.join(os.path.expanduser("~"), ".dotnet", "tools")
    found = shutil.which("tinyreorder") or shutil.which("tinyreorder", path=home) or from_package()
    if not found:
        sys.stderr.write("tinyreorder : error: it is not installed: run \"pip install tinyreorder\" or \"dotnet tool install --global tinyreorder\", or set "
                         "custom_tinyreorder_command\n")
        env.Exit(1)  # noqa: F821
    return [found]


def from_package():
    # Of PlatformIO's own Python, then of the one on the PATH; not this file, which has the package's name.
    for python in (sys.executable, shutil.which("python3"), shutil.which("python")):
        if python:
            line = [python, "-c", "import sys; del sys.path[0]; import tinyreorder; print(tinyreorder.executable())"]
            run = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, universal_newlines=True)
            if run.returncode == 0:
                return run.stdout.strip()
    return None


def symbol_of(model):
    name = re.sub(r"[^A-Za-z0-9_]", "_", os.path.splitext(os.path.basename(model))[0]).lstrip("_")
    if not name:
        sys.stderr.write("tinyreorder : error: nothing of the name of %r is left as an identifier of C; rename the model\n" % model)
        env.Exit(1)  # noqa: F821
    return "m" + name if name[:1].isdigit() else name


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def inputs_of(depfile):
    # The first rule of the depfile; names have the escapes of make.
    rule = (read(depfile) or "").split("\n\n", 1)[0].replace("\\\n", " ")
    names = [re.sub(r"\\([ #:])", r"\1", name).replace("$$", "$") for name in re.findall(r"(?:\\.|[^\s\\])+", rule)]
    return names[1:]


def is_fresh(stamp, depfile, outputs, line):
    if read(stamp + ".options") != line or not all(os.path.exists(path) for path in outputs):
        return False
    try:
        made = os.stat(stamp).st_mtime_ns
        return all(os.stat(path).st_mtime_ns <= made for path in inputs_of(depfile))
    except OSError:
        return False


def generate(model, folder):
    name = symbol_of(model)
    stamp, depfile = (os.path.join(folder, name + extension) for extension in (".stamp", ".d"))
    words = command() + ["optimize", model, "--header", folder, "--symbol", name, "--stamp", stamp, "--depfile", depfile, "--diagnostics", "gcc"]
    board = option("board", env.get("BOARD", ""))  # noqa: F821
    if board and board != "none":
        words += ["--board", board]
    words += shlex.split(option("options", ""))
    source, header = os.path.join(folder, name + (".S" if "incbin" in words else ".c")), os.path.join(folder, name + ".h")
    if is_fresh(stamp, depfile, [source, header], "\n".join(words)):
        return source
    print("TinyReorder: " + name, flush=True)
    if subprocess.run(words).returncode:
        env.Exit(1)  # noqa: F821
    with open(stamp + ".options", "w", encoding="utf-8") as file:
        file.write("\n".join(words))
    return source


def main():
    folder = env.subst(os.path.join("$BUILD_DIR", "tinyreorder"))  # noqa: F821
    models = [line.strip() for line in option("models", "").splitlines() if line.strip()]
    sources = [generate(os.path.join(env.subst("$PROJECT_DIR"), model), folder) for model in models]  # noqa: F821
    # Those of models that are no longer named, or of another form, must not be compiled.
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        path = os.path.join(folder, name)
        if name.endswith((".c", ".S")) and path not in sources:
            os.remove(path)
    env.Append(CPPPATH=[folder])  # noqa: F821
    env.BuildSources(os.path.join("$BUILD_DIR", "tinyreorder-objects"), folder, "+<*.c> +<*.S>")  # noqa: F821


if not env.IsCleanTarget():  # noqa: F821
    main()

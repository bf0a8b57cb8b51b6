"""Runs commands of the tool and returns what they say as JSON."""

import json
import os
import subprocess
import tempfile

from ._executable import executable

_DOES_NOT_FIT = 1


class TinyReorderError(Exception):
    """The tool refused.

    exit_code: see the exit codes in the tool's manual.
    diagnostics: a list of dicts with code, severity, message, subgraph and operator.
    result: the whole JSON as a dict, or None.
    """

    def __init__(self, message, exit_code, diagnostics, result):
        super().__init__(message)
        self.exit_code = exit_code
        self.diagnostics = diagnostics
        self.result = result


class DoesNotFitError(TinyReorderError):
    """The board does not hold the model. The result is whole, as if it did."""


def analyze(model, *, check=True, **options):
    """What memory a model needs, before and after, and whether a board holds it.

    model: a path, or the bytes of a .tflite file.
    check: False returns the result of a model that does not fit, too.
    options: those of "tinyreorder analyze" with underscores: board="nano33ble", reserved_sram=4096, keep_inputs=True.
    Raises DoesNotFitError, or TinyReorderError for bad input and bad usage.
    """
    return run("analyze", model, check=check, **options)


def optimize(model, *, check=True, **options):
    """Writes the reordered model; the options say where: header="build", output="build/kws.tflite". Else as analyze."""
    return run("optimize", model, check=check, **options)


def fit(*models, check=True, **options):
    """Which boards hold the models together; options are those of "tinyreorder fit". Else as analyze.

    Models that are bytes are called by their position, from 0. Raises DoesNotFitError where none of the boards holds them.
    """
    return run("fit", *models, check=check, **options)


def run(command, *arguments, check=True, **options):
    """Runs any command of the tool that writes JSON and returns that as a dict; bytes among the arguments stand for a file that holds them.

    Options that are None are left out; lists give an option several times.
    """
    with tempfile.TemporaryDirectory(prefix="tinyreorder-") as folder:
        words, positions = [command], {}
        for index, argument in enumerate(arguments):
            if isinstance(argument, (bytes, bytearray, memoryview)):
                argument = _write(os.path.join(folder, str(index)), argument)
                positions[argument] = index
            words.append(os.fspath(argument))
        words += _words_of(dict(options, format="json"))
        done = subprocess.run([executable()] + words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    result = _parse(done.stdout)
    if result is not None and positions:
        # The file is gone, and its name says nothing.
        result = _renamed(dict(result, model=None) if "model" in result else result, positions)
    if done.returncode == 0 and result is not None or done.returncode == _DOES_NOT_FIT and result is not None and not check:
        return result
    raise _error(command, done, result)


def _write(folder, content):
    os.mkdir(folder)
    path = os.path.join(folder, "model.tflite")
    with open(path, "wb") as file:
        file.write(content)
    return path


def _renamed(value, positions):
    if isinstance(value, dict):
        return {name: _renamed(item, positions) for name, item in value.items()}
    if isinstance(value, list):
        return [_renamed(item, positions) for item in value]
    return positions.get(value, value) if isinstance(value, str) else value


def _words_of(options):
    for name, value in options.items():
        flag = "--" + name.rstrip("_").replace("_", "-")
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item is None:
                continue
            yield flag + "=" + (str(item).lower() if isinstance(item, bool) else os.fspath(item) if hasattr(item, "__fspath__") else str(item))


def _parse(output):
    try:
        result = json.loads(output.decode("utf-8"))
    except ValueError:
        return None
    return result if isinstance(result, dict) else None


def _error(command, done, result):
    diagnostics = (result or {}).get("diagnostics", [])
    lines = ["%s: %s" % (item["code"], item["message"]) for item in diagnostics if item["severity"] == "error"]
    lines = lines or done.stderr.decode("utf-8", "replace").strip().splitlines()
    message = "\n".join(lines) or "tinyreorder %s ended with %d and wrote no JSON" % (command, done.returncode)
    kind = DoesNotFitError if done.returncode == _DOES_NOT_FIT and result is not None else TinyReorderError
    return kind(message, done.returncode, diagnostics, result)

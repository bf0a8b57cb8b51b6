"""TinyReorder: less SRAM for TensorFlow Lite models on microcontrollers.

    import tinyreorder
    tinyreorder.analyze("kws.tflite", board="nano33ble")["arena"]["arenaBytes"]

The functions run the command line tool that this package carries and return its JSON as a dict.
"""

from ._executable import executable
from ._run import DoesNotFitError, TinyReorderError, analyze, fit, optimize, run

__all__ = ["DoesNotFitError", "TinyReorderError", "analyze", "executable", "fit", "optimize", "run"]

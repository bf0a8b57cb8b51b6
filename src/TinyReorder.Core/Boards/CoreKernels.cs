using TinyReorder.Diagnostics;

namespace TinyReorder.Boards;

/// <summary>Which kernel libraries a processor core can run: those with instructions that it lacks would not even link.</summary>
internal static class CoreKernels
{
    // Cores of Arm with the extension for signal processing, and those with the vector extension (Helium) besides.
    private static readonly string[] WithVectors = ["cortex-m52", "cortex-m55", "cortex-m85"];
    private static readonly string[] WithDsp = ["cortex-m4", "cortex-m7", "cortex-m33", "cortex-m35p", .. WithVectors];

    /// <summary>Whether <paramref name="core"/> runs <paramref name="kernelLibrary"/>; what is not known counts as yes.</summary>
    public static bool CanRun(string core, string kernelLibrary) => core.Length == 0 || kernelLibrary switch
    {
        "cmsis-nn-dsp" => Is(core, WithDsp),
        "cmsis-nn-mve" => Is(core, WithVectors),
        // ESP-NN is for the chips of Espressif, which are Xtensa and RISC-V.
        "esp-nn" => Is(core, ["xtensa", "riscv"]),
        "esp-nn-s3" => Is(core, ["xtensa-lx7"]),
        "esp-nn-p4" => Is(core, ["riscv32imaf"]),
        _ => true,
    };

    /// <summary>Refuses kernels that the board's core cannot run.</summary>
    /// <exception cref="TinyReorderException">TINY5002.</exception>
    public static void Check(Board board, string kernelLibrary)
    {
        if (CanRun(board.Core, kernelLibrary))
            return;
        string own = board.Kernels is Board.NoKernels or "reference" ? "" : $"{board.Kernels} or ";
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.UnknownKernels,
            $"the core of {Quote.Text(board.Id)} ({Quote.Text(board.Core)}) cannot run the kernels {Quote.Text(kernelLibrary)}; use {own}reference"));
    }

    private static bool Is(string core, string[] families) => families.Any(family => core.StartsWith(family, StringComparison.OrdinalIgnoreCase));
}

using TinyReorder.Runtimes;

namespace TinyReorder.Boards;

/// <summary>What a processor core says of kernels, library and ABI where no board does.</summary>
internal static class CoreDefaults
{
    private static readonly (string Name, string Kernels)[] Known =
    [
        ("cortex-m0", "cmsis-nn-c"), ("cortex-m0plus", "cmsis-nn-c"), ("cortex-m1", "cmsis-nn-c"), ("cortex-m3", "cmsis-nn-c"), ("cortex-m23", "cmsis-nn-c"),
        ("cortex-m4", "cmsis-nn-dsp"), ("cortex-m4f", "cmsis-nn-dsp"), ("cortex-m7", "cmsis-nn-dsp"), ("cortex-m33", "cmsis-nn-dsp"),
        ("cortex-m35p", "cmsis-nn-dsp"),
        ("cortex-m52", "cmsis-nn-mve"), ("cortex-m55", "cmsis-nn-mve"), ("cortex-m85", "cmsis-nn-mve"),
        // Of the two chips with an LX7, the kernels of the ESP32-S3 need more.
        ("xtensa-lx6", "esp-nn"), ("xtensa-lx7", "esp-nn-s3"), ("xtensa-lx106", "reference"),
        ("riscv32imc", "reference"), ("riscv32imac", "reference"), ("riscv32imafc", "reference"), ("avr8", Board.NoKernels),
    ];

    /// <summary>The cores by their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(core => core.Name)];

    /// <summary>
    /// The name of the core that <paramref name="word"/> means, whatever its case; <c>cortex-m0+</c> and <c>cortexm4f</c> are names too. Null for none.
    /// </summary>
    public static string? Find(string word)
    {
        string wanted = Plain(word);
        return Names.FirstOrDefault(name => Plain(name) == wanted);
    }

    /// <summary>The kernels of <paramref name="core"/>; the reference kernels where it is not known.</summary>
    public static string KernelsOf(string core) => Known.FirstOrDefault(known => known.Name == core).Kernels ?? "reference";

    /// <summary>The library that users of its chips install; null for TensorFlow Lite Micro itself.</summary>
    public static string? LibraryOf(string core) => core is "xtensa-lx6" or "xtensa-lx7" ? "esp-tflite-micro" : null;

    /// <summary>
    /// GCC for bare-metal Arm takes as few bytes as an enumeration needs; those for Xtensa and RISC-V take 4. Null where the core does not tell.
    /// </summary>
    public static TargetAbi? AbiOf(string core) =>
        core.StartsWith("cortex-m", StringComparison.OrdinalIgnoreCase) ? TargetAbi.ShortEnums
        : core.StartsWith("xtensa", StringComparison.OrdinalIgnoreCase) || core.StartsWith("riscv", StringComparison.OrdinalIgnoreCase) ? TargetAbi.IntEnums
        : null;

    private static string Plain(string name) => name.Trim().ToLowerInvariant().Replace("+", "plus").Replace("-", "").Replace("_", "");
}

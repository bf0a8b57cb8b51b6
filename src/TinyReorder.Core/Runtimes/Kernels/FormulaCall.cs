namespace TinyReorder.Runtimes.Kernels;

/// <summary>A named formula with the numbers that a profile gives it.</summary>
/// <param name="Name">A name of <see cref="Kernels.KernelFormulas"/>.</param>
/// <param name="Parameters">Its parameters; truth values are 0 and 1.</param>
internal sealed record FormulaCall(string Name, IReadOnlyDictionary<string, long> Parameters);

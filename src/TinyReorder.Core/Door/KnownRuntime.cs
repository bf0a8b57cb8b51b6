using TinyReorder.Runtimes;

namespace TinyReorder;

/// <summary>A version of a library that carries TensorFlow Lite Micro, as people install it (docs/libraries.md).</summary>
public sealed class KnownRuntime
{
    internal KnownRuntime(Release release)
    {
        Id = release.Name;
        Library = release.Library;
        Version = release.Version;
        Aliases = [.. release.Names.Select(name => $"{release.Library}@{name}")];
        Commit = release.Commit;
        Date = release.Date;
        Kernels = [.. release.Kernels.Select(profile => KernelWords.Find(profile.KernelLibrary)).OfType<KernelLibrary>()];
        Abi = release.Abi is { } abi ? Kinds.Of(abi) : null;
        IsMeasured = release.IsMeasured;
        CrashesOnShortArena = release.CrashesOnShortArena;
    }

    /// <summary>The id, such as <c>tflm@2026-08</c>, which <see cref="ReorderOptions.Runtime"/> takes.</summary>
    public string Id { get; }

    /// <summary>The library, such as <c>esp-tflite-micro</c>.</summary>
    public string Library { get; }

    /// <summary>The version, such as <c>1.4.0</c>, or the month where the library has no versions.</summary>
    public string Version { get; }

    /// <summary>Other words that <see cref="ReorderOptions.Runtime"/> takes for it.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>The commit of tflite-micro that it is or was made from, in short.</summary>
    public string Commit { get; }

    /// <summary>The day of that commit, such as <c>2026-08-20</c>.</summary>
    public string Date { get; }

    /// <summary>The kernels that it can run; the first are those that it comes with.</summary>
    public IReadOnlyList<KernelLibrary> Kernels { get; }

    /// <summary>The ABI, where the library is for one kind of target only; null for any.</summary>
    public AbiKind? Abi { get; }

    /// <summary>Whether arenas were measured on builds of this very version; else an arena is the largest of all versions that are known.</summary>
    public bool IsMeasured { get; }

    /// <summary>Whether an arena that is too small makes the program crash, where other versions only fail.</summary>
    public bool CrashesOnShortArena { get; }
}

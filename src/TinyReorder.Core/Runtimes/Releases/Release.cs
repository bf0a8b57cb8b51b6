using System.Globalization;

namespace TinyReorder.Runtimes;

/// <summary>A version of a library that carries TensorFlow Lite Micro, as people install it.</summary>
internal sealed record Release
{
    /// <summary>The library, such as <c>esp-tflite-micro</c>.</summary>
    public required string Library { get; init; }

    /// <summary>The version, such as <c>1.4.0</c>, or for a library without versions the month, such as <c>2023-12</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Other words for the version, such as a commit.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The commit of tflite-micro that it is or was made from, in short.</summary>
    public required string Commit { get; init; }

    /// <summary>The day of that commit, such as <c>2026-08-20</c>.</summary>
    public required string Date { get; init; }

    /// <summary>The ids of the profiles of its kernel libraries; the first is the one that it comes with.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>The ABI, where the library is for one kind of target only; null for any.</summary>
    public TargetAbi? Abi { get; init; }

    /// <summary>Whether it is built without <c>TF_LITE_STATIC_MEMORY</c>, where its profiles do not say so themselves.</summary>
    public bool HasFullTensors { get; init; }

    /// <summary>Whether the profiles are of these very sources; else they are of the nearest that were measured.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Whether an arena that is too small makes the program crash, where other versions only fail.</summary>
    public bool CrashesOnShortArena { get; init; }

    /// <summary>
    /// Methods of the op resolver that the library lacks although its date would allow them, or has although it would not (with a minus sign).
    /// </summary>
    public IReadOnlyList<string> LacksMethods { get; init; } = [];

    /// <summary>Where the facts were read.</summary>
    public required string Source { get; init; }

    /// <summary>How options, summaries and files name it, such as <c>tflm@2026-08</c>.</summary>
    public string Name => $"{Library}@{Version}";

    /// <summary>The profiles, in order, by their names.</summary>
    internal IEnumerable<BuiltInProfile> Kernels => Profiles.Select(id => BuiltInProfiles.All.First(profile => profile.Id == id));

    /// <summary>The profile that it comes with.</summary>
    internal RuntimeProfile OwnKernels => Whole(Kernels.First());

    /// <summary>Whether the library has a method of the op resolver.</summary>
    /// <param name="name">The method.</param>
    /// <param name="since">The day since which tflite-micro has it; null for ever.</param>
    internal bool HasMethod(string name, string? since) =>
        LacksMethods.Contains("-" + name) || (!LacksMethods.Contains(name) && string.CompareOrdinal(since ?? "", Date) <= 0);

    /// <summary>The profile for a kernel library, by name or alias; null where the release has none.</summary>
    internal RuntimeProfile? FindKernels(string kernels)
    {
        string library = BuiltInProfiles.All.FirstOrDefault(profile => profile.IsOfLibrary(kernels))?.KernelLibrary ?? kernels;
        return Kernels.FirstOrDefault(profile => profile.IsOfLibrary(library)) is { } found ? Whole(found) : null;
    }

    /// <summary>The profile of that id; null where the release has none.</summary>
    internal RuntimeProfile? FindProfile(string id) =>
        Kernels.FirstOrDefault(profile => string.Equals(profile.Id, id, StringComparison.OrdinalIgnoreCase)) is { } found ? Whole(found) : null;

    /// <summary>Whether <paramref name="version"/> names this release.</summary>
    internal bool IsCalled(string version) =>
        Names.Append(Version).Any(name => string.Equals(name, version, StringComparison.OrdinalIgnoreCase) || IsSameCommit(name, version));

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} (tflite-micro {1} of {2})", Name, Commit, Date);

    private RuntimeProfile Whole(BuiltInProfile profile) => profile.Profile with { HasFullTensors = HasFullTensors };

    /// <summary>A commit may be written longer than it is here.</summary>
    private static bool IsSameCommit(string name, string version) =>
        name.Length >= 7 && version.Length > name.Length && version.StartsWith(name, StringComparison.OrdinalIgnoreCase) && version.All(Uri.IsHexDigit);
}

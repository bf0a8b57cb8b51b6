using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes.Measuring;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes;

/// <summary>
/// What an interpreter with one version of one kernel library takes from the arena beside the tensors: data, read from a profile file. A new version of a
/// library is a new file.
/// </summary>
internal sealed record RuntimeProfile
{
    /// <summary>The most bytes of a profile file.</summary>
    public const long MaxFileBytes = JsonFile.MaxFileBytes;

    private const int SchemaOperators = 256;

    private static readonly HashSet<string> BuiltinKinds = new(
        Enumerable.Range(0, SchemaOperators).Where(code => code != BuiltinOperators.Custom).Select(BuiltinOperators.NameOf),
        StringComparer.Ordinal);

    private readonly Lazy<RuntimeFigures>[] figures;

    internal RuntimeProfile(IReadOnlyList<JsonValue> files, Func<TargetAbi, bool, RuntimeFigures> read)
    {
        Files = files;
        figures = [.. AbiWords.All.SelectMany(Figures)];

        Lazy<RuntimeFigures>[] Figures(TargetAbi abi) => [new(() => read(abi, false)), new(() => read(abi, true))];
    }

    /// <summary>The profile's name, such as <c>tflm-reference-90b983c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The interpreter, <c>tflm</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>The kernel library with its variant, such as <c>cmsis-nn-dsp</c>.</summary>
    public required string KernelLibrary { get; init; }

    /// <summary>The sources and commits that the figures were read from.</summary>
    public required string Version { get; init; }

    /// <summary>The library with its version that the file says it was measured with, such as <c>tflm@2026-08</c>; null where it says none.</summary>
    public string? Library { get; init; }

    /// <summary>Other names of the kernel library that mean this profile.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Whether the name of the kernel library alone means this profile.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The ABI of the figures.</summary>
    public TargetAbi Abi { get; init; }

    /// <summary>Whether the library is built without <c>TF_LITE_STATIC_MEMORY</c>, so that its tensor and node objects have all their fields.</summary>
    public bool HasFullTensors { get; init; }

    /// <summary>The versions of the kernel library that have these figures, such as <c>1.1.2</c>, where it has versions of its own.</summary>
    public IReadOnlyList<string> KernelVersions { get; init; } = [];

    /// <summary>The ABI that the file names, because the figures are of one target; null for both.</summary>
    public TargetAbi? FixedAbi { get; init; }

    /// <summary>What may share memory inside an operator when nobody says: none where the profile does not speak of it.</summary>
    public OverlapChoice DefaultOverlap { get; init; }

    /// <summary>What may share memory when nobody says and the version of the library is known, not guessed; null where that makes no difference.</summary>
    public OverlapChoice? KnownOverlap { get; init; }

    /// <summary>The built-in profile that the file extends; null where it extends none.</summary>
    public string? Extends { get; init; }

    /// <summary>What was measured on a device.</summary>
    public Measurements Measurements { get; init; } = Measurements.None;

    /// <summary>The most that may share memory, whatever the user says: what nothing has shown for the version is not done.</summary>
    public OverlapChoice MostOverlap { get; init; } = OverlapChoice.Diagonal;

    /// <summary>The kinds of operators that the profile knows, in ordinal order.</summary>
    public IReadOnlyList<string> OperatorKinds => Operators.Keys.OrderBy(kind => kind, StringComparer.Ordinal).ToArray();

    internal AllocatorSizes Allocator => Figures.Allocator;

    internal UnknownOperatorAllowance Unknown => Figures.Unknown;

    internal IReadOnlyDictionary<string, OperatorProfile> Operators => Figures.Operators;

    /// <summary>What the profile and those that it extends say, the profile's own file last.</summary>
    internal IReadOnlyList<JsonValue> Files { get; }

    private RuntimeFigures Figures => figures[(2 * (int)Abi) + (HasFullTensors ? 1 : 0)].Value;

    /// <summary>What a user may call it.</summary>
    internal IEnumerable<string> Names => Aliases.Concat([KernelLibrary, Id]);

    /// <summary>The profiles that come with this library, each read in whole: where names will do, <see cref="BuiltInProfiles.All"/> has them.</summary>
    public static IEnumerable<RuntimeProfile> BuiltIn => BuiltInProfiles.All.Select(profile => profile.Profile);

    /// <summary>The built-in profile for a kernel library's newest version, by the library's name or an alias, or any profile by its own name.</summary>
    /// <exception cref="TinyReorderException">No profile has that name: TINY5002 with the nearest names.</exception>
    public static RuntimeProfile Find(string kernels) =>
        BuiltInProfiles.All.FirstOrDefault(profile => profile.IsCalled(kernels))?.Profile ?? throw NoSuchProfile(kernels);

    /// <summary>Whether the profile is of that kernel library, by its name or an alias, whatever the version.</summary>
    internal bool IsOfLibrary(string kernels) => Aliases.Append(KernelLibrary).Contains(kernels, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a profile file. It may extend a built-in profile and then holds only what differs.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="fileName">What diagnostics call it.</param>
    /// <exception cref="TinyReorderException">The file is no profile: TINY3005.</exception>
    public static RuntimeProfile Load(byte[] json, string fileName)
    {
        RuntimeProfile profile = RuntimeProfileReader.Read(RuntimeProfileReader.Parse(json, fileName), BuiltInProfiles.Find);
        // What is wrong in the file is said here, not at first use.
        _ = profile.Operators.Values.Count(_ => true);
        return profile;
    }

    /// <summary>The kernel for an operator, or null; a custom operator that is named like a built-in one is neither.</summary>
    internal OperatorProfile? FindKernel(TfliteOperator op) =>
        Operators.TryGetValue(op.Kind, out OperatorProfile? kernel) && op.IsCustom != BuiltinKinds.Contains(op.Kind) ? kernel : null;

    internal static TinyReorderException NoSuchProfile(string kernels)
    {
        IEnumerable<string> known = BuiltInProfiles.All.SelectMany(profile => profile.Names).Distinct();
        string nearest = string.Join(", ", NearestNames.Find(kernels, known));
        return new TinyReorderException(Diagnostic.Error(DiagnosticCodes.UnknownKernels, $"there is no kernel library '{kernels}'; near names: {nearest}"));
    }
}

using System.Text;
using System.Text.Json;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Measuring;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Measuring;

/// <summary>
/// A runtime profile for just the library, the ABI and the board of a self test's log. Sizes that the device told take the place of those of the profile
/// that the test was made with; the arenas that were measured stand in it for the models that ran; and what the device needed beyond all that is on top of
/// every other arena.
/// </summary>
internal sealed class MeasuredProfile
{
    private const long PointerBytes = 4;
    private const long AlignmentBytes = 16;
    private const int ExpectedObjects = 4;

    private static readonly string[] ObjectTypes = ["SingleArenaBufferAllocator", "GreedyMemoryPlanner", "MicroAllocator"];

    private static readonly (string Member, string Type)[] MemberNames =
    [
        ("subgraph", "SubgraphAllocations"), ("evalTensor", "TfLiteEvalTensor"), ("node", "NodeAndRegistration"), ("fullNode", "NodeAndRegistration"),
        ("scratchHandle", "ScratchBufferHandle"), ("tensor", "TfLiteTensor"), ("fullTensor", "TfLiteTensor"),
        ("quantization", "TfLiteAffineQuantization"), ("scratchRequest", "ScratchBufferRequest"), ("resourceVariables", "MicroResourceVariables"),
    ];

    private readonly SelfTestLog log;
    private readonly RuntimeProfile profile;

    /// <summary>A profile from <paramref name="log"/>.</summary>
    /// <param name="log">The log.</param>
    /// <param name="profile">The profile that the test was made with.</param>
    /// <param name="models">The models that ran there, as far as their files are given: with them it is told apart what sizes explain and what they do not.</param>
    /// <param name="name">What diagnostics call the log.</param>
    /// <exception cref="TinyReorderException">The log has nothing that was measured, or is of no 32-bit device: TINY6001.</exception>
    public MeasuredProfile(SelfTestLog log, RuntimeProfile profile, IReadOnlyList<TfliteModel> models, string name)
    {
        this.log = log;
        this.profile = log.Abi is { } word ? profile with { Abi = AbiWords.Find(word) ?? profile.Abi } : profile;
        if (log.Abi is null || !log.Sizes.TryGetValue("pointer", out ObjectSize pointer) || pointer.Bytes != PointerBytes)
            throw Bad(name, "a profile is of a device with pointers of 4 bytes and enums of 1 or 4, and the log is of none");
        Arenas = [.. Measured(log.Generated), .. Measured(log.Original).Where(arena => arena.ModelSha256 != log.Generated.Sha256)];
        if (Arenas.Count == 0)
            throw Bad(name, "the log holds no arena that was measured, so no profile can be made of it");
        Id = IdOf();
        UnexplainedBytes = Unexplained(models);
    }

    /// <summary>The profile's name.</summary>
    public string Id { get; }

    /// <summary>What was measured, that of earlier logs not counted.</summary>
    public IReadOnlyList<MeasuredArena> Arenas { get; }

    /// <summary>See <see cref="Measurements.UnexplainedBytes"/>.</summary>
    public long? UnexplainedBytes { get; private set; }

    /// <summary>The profile as a file: UTF-8, ASCII alone, the same on every machine.</summary>
    public byte[] ToJson() => ToJson(UnexplainedBytes);

    private byte[] ToJson(long? unexplainedBytes)
    {
        MeasuredArena[] all = [.. Arenas, .. profile.Measurements.Arenas.Where(known => Arenas.All(arena => arena.ModelSha256 != known.ModelSha256))];
        return Encoding.UTF8.GetBytes(JsonOutput.Of(json =>
        {
            json.WriteNumber("schema", 1);
            json.WriteText("id", Id);
            json.WriteText("extends", profile.Extends ?? profile.Id);
            json.WriteText("kernels", profile.KernelLibrary);
            json.WriteText("version", Version());
            json.WriteText("abi", log.Abi!);
            if (log.Library.Length > 0)
                json.WriteText("library", log.Library);
            json.WriteText("defaultOverlap", Planning.ChoiceWords.Of(profile.DefaultOverlap));
            // Kernels that take what the profile says are those that its rules were shown for.
            if (unexplainedBytes is null && profile.KnownOverlap is { } known)
                json.WriteText("knownOverlap", Planning.ChoiceWords.Of(known));
            json.WriteObject("allocator", () => WriteAllocator(json));
            json.WriteObject("operators", () => WriteOperators(json));
            if (unexplainedBytes is { } bytes)
                json.WriteNumber("unexplainedBytes", bytes);
            json.WriteObjects("measured", all.OrderBy(arena => arena.ModelSha256, StringComparer.Ordinal), static (entry, arena) =>
            {
                entry.WriteText("model", arena.ModelSha256);
                entry.WriteNumber("arenaBytes", arena.ArenaBytes);
                entry.WriteNumber("usedBytes", arena.UsedBytes);
            });
        }));
    }

    /// <summary>What the log tells of the interpreter's objects; the rest is inherited.</summary>
    private void WriteAllocator(Utf8JsonWriter json)
    {
        long[] objects = [.. profile.Allocator.Objects];
        if (objects.Length == ExpectedObjects)
            json.WriteNumbers("objects",
                objects.Select((bytes,
                i) => (int)(i < ObjectTypes.Length && log.Sizes.TryGetValue(ObjectTypes[i], out ObjectSize size) ? size.Bytes : bytes)));
        foreach ((string member, string type) in MemberNames)
        {
            if (log.Sizes.TryGetValue(type, out ObjectSize size))
                json.WriteNumber(member, size.Bytes);
        }
    }

    /// <summary>Operators whose parsed options have another size there; the rest is inherited.</summary>
    private void WriteOperators(Utf8JsonWriter json)
    {
        foreach (string kind in OptionStructs.ByKind.Keys.OrderBy(kind => kind, StringComparer.Ordinal))
        {
            bool isKnown = profile.Operators.TryGetValue(kind, out OperatorProfile? known) && known.Options.Bytes > 0;
            if (!isKnown || !log.Sizes.TryGetValue(OptionStructs.ByKind[kind], out ObjectSize size)
                || new Layout(size.Bytes, size.Alignment) == known!.Options)
                continue;
            json.WriteObject(kind, () =>
            {
                json.WriteNumber("options", size.Bytes);
                json.WriteNumber("optionsAlignment", size.Alignment);
                json.WriteText("source", known.Source);
            });
        }
    }

    private static IEnumerable<MeasuredArena> Measured(SelfTestModelLog model)
    {
        bool isWhole = model is { SmallestArenaBytes: > 0, UsedBytes: > 0 } && model.SmallestArenaBytes % AlignmentBytes == 0
            && model.UsedBytes <= model.SmallestArenaBytes;
        if (isWhole)
            yield return new MeasuredArena(model.Sha256, model.SmallestArenaBytes!.Value, model.UsedBytes!.Value);
    }

    /// <summary>
    /// What is measured beyond what is computed with the sizes of the device, the arena and the part of it that is used: another model may need the planner
    /// less. Null where nothing is left to explain.
    /// </summary>
    private long? Unexplained(IReadOnlyList<TfliteModel> models)
    {
        byte[] explained = ToJson(unexplainedBytes: null);
        RuntimeProfile withSizes = RuntimeProfile.Load(explained, Id);
        var differences = new List<long>();
        foreach (MeasuredArena arena in Arenas)
        {
            if (models.FirstOrDefault(model => Measurements.Sha256(model.Bytes) == arena.ModelSha256) is { } atHand)
            {
                TflmAllocation computed = SelfTestPrediction.Allocate(atHand, withSizes);
                if (computed.Exact)
                    differences.AddRange([arena.ArenaBytes - computed.ArenaBytes, arena.UsedBytes - computed.UsedBytes]);
                else
                    differences.AddRange([Math.Max(0, arena.ArenaBytes - computed.ArenaBytes), Math.Max(0, arena.UsedBytes - computed.UsedBytes)]);
            }
            else if (SelfTestVerdict.PredictionOf(log, arena.ModelSha256 == log.Generated.Sha256 ? log.Generated : log.Original) is { } predicted)
            {
                differences.AddRange([arena.ArenaBytes - predicted.ArenaBytes, arena.UsedBytes - predicted.UsedBytes]);
            }
        }
        long? earlier = profile.Measurements.UnexplainedBytes;
        long most = Math.Max(differences.DefaultIfEmpty(0).Max(), earlier ?? 0);
        return earlier is null && differences.All(difference => difference == 0) ? null : Rounding.Up(Math.Max(0, most), AlignmentBytes);
    }

    /// <summary>A profile that was measured before keeps its name; one of sources gets what tells the device apart from others.</summary>
    private string IdOf()
    {
        if (profile.Extends is not null && profile.Measurements.Arenas.Count > 0)
            return profile.Id;
        string device = string.Concat(log.Sizes.OrderBy(size => size.Key, StringComparer.Ordinal).Select(size => $"{size.Key} {size.Value.Bytes} "
            + $"{size.Value.Alignment}\n"))
            + string.Concat(log.Build.Select(value => $"{value.Key} {value.Value}\n"));
        return $"{profile.Id}-{Board()}-{Measurements.Sha256(Encoding.UTF8.GetBytes(device)).Substring(0, 8)}";
    }

    private string Board() => Build("target") ?? Build("platform") ?? "device";

    private string Version()
    {
        string compiler = Build("compiler") is { } version ? $", compiler {version}" : "";
        string earlier = profile.Version.IndexOf("; measured on ", StringComparison.Ordinal) is var at and >= 0
            ? profile.Version.Substring(0, at) : profile.Version;
        return $"{earlier}; measured on {Board()} {Build("cpu") ?? "of an unknown core"}, {log.Abi}{compiler}";
    }

    private string? Build(string key) => log.Build.TryGetValue(key, out string? value) ? SelfTestVariables.Token(value) : null;

    private static TinyReorderException Bad(string name, string message) =>
        new(Diagnostic.Error(DiagnosticCodes.BadSelfTestLog, message) with { File = name });
}

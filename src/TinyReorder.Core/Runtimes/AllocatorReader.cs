using System.Text.Json;
using TinyReorder.Json;

namespace TinyReorder.Runtimes;

/// <summary>
/// Reads the member <c>allocator</c> of a profile: of several files each says what differs from those before. <paramref name="full"/>: the library is built
/// without TF_LITE_STATIC_MEMORY.
/// </summary>
internal sealed class AllocatorReader(IReadOnlyList<JsonValue> files, StructLayouts structs, bool full)
{
    private const long MostBytes = 1 << 30;

    /// <summary>The sizes.</summary>
    public AllocatorSizes Read()
    {
        long[] objects = Get("objects").AsArray().Select(entry => entry.AsInt64(0, MostBytes)).ToArray();
        return new AllocatorSizes
        {
            Alignment = Alignment(Get("alignment")),
            ObjectAlignment = Alignment(Get("objectAlignment")),
            Objects = objects,
            ObjectsBeforeVariables = (int)Get("objectsBeforeVariables").AsInt64(0, objects.Length),
            SplitObjects = Find("splitObjects")?.AsArray().Select(entry => entry.AsInt64(0, MostBytes)).ToArray() ?? [],
            SubgraphBytes = Bytes("subgraph"),
            EvalTensorBytes = Bytes("evalTensor"),
            NodeBytes = Bytes(full && Find("fullNode") is not null ? "fullNode" : "node"),
            ScratchHandleBytes = Bytes("scratchHandle"),
            PointerBytes = Bytes("pointer"),
            TensorBytes = Bytes(full && Find("fullTensor") is not null ? "fullTensor" : "tensor"),
            QuantizationBytes = Bytes("quantization"),
            ScratchRequestBytes = Bytes("scratchRequest"),
            ScratchRequestReserve = (int)Get("scratchRequestReserve").AsInt64(0, 1 << 16),
            HandlesForEachSubgraph = Find("handlesForEachSubgraph")?.AsBoolean() ?? false,
            PlansEachSubgraph = Find("plansEachSubgraph")?.AsBoolean() ?? false,
            OfflinePlanRestarts = Find("offlinePlanRestarts")?.AsBoolean() ?? false,
            SubgraphOffsetBytes = Bytes("subgraphOffset"),
            AllocationInfoBytes = Bytes("allocationInfo"),
            PlannerEntryBytes = Bytes("plannerEntry"),
            ResourceVariablesBytes = Bytes("resourceVariables"),
            ResourceVariableBytes = Bytes("resourceVariable"),
        };
    }

    /// <summary>An alignment: a power of two.</summary>
    public static int Alignment(JsonValue value)
    {
        long alignment = value.AsInt64(1, 4096);
        return (alignment & (alignment - 1)) == 0 ? (int)alignment : throw value.Error("must be a power of two");
    }

    private JsonValue? Find(string name) => files.Select(file => file.AsObject().Find(name)).LastOrDefault(value => value is not null);

    private JsonValue Get(string name) => Find(name) ?? throw files[files.Count - 1].Error($"has no \"{name}\"");

    /// <summary>A struct of the profile, or a number of bytes.</summary>
    private long Bytes(string name) => Get(name) is { Kind: JsonValueKind.String } value ? structs.Of(value).Bytes : Get(name).AsInt64(0, MostBytes);
}

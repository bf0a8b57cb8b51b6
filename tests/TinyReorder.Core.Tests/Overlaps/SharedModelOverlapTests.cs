using TinyReorder.Graphs;
using TinyReorder.Overlaps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Overlaps;

/// <summary>The rules on real models.</summary>
public class SharedModelOverlapTests
{
    private const long Alignment = 16;

    public static TheoryData<string> Names => SharedModels.Names;

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void Every_pair_is_planned_and_safe_where_it_is_put(string model)
    {
        TfliteModel loaded = SharedModels.Load(model);
        foreach (RuntimeProfile profile in RuntimeProfile.BuiltIn.Where(profile => profile.IsDefault))
        {
            foreach (TfliteSubgraph subgraph in loaded.Subgraphs)
            {
                foreach (TfliteOperator operation in subgraph.Operators)
                    Check(profile, subgraph, operation);
            }
        }
    }

    private static void Check(RuntimeProfile profile, TfliteSubgraph subgraph, TfliteOperator operation)
    {
        foreach (OverlapChoice choice in new[] { OverlapChoice.InPlace, OverlapChoice.Diagonal })
        {
            foreach (TensorShare share in OverlapRules.SharesOf(profile, subgraph, operation, choice))
            {
                Assert.True(operation.Inputs.Contains(share.Input) && operation.Outputs.Contains(share.Output));
                foreach (TfliteTensor tensor in new[] { subgraph.Tensors[share.Input], subgraph.Tensors[share.Output] })
                    Assert.True(!tensor.IsConstant && !tensor.IsVariable && tensor.Bytes > 0);
                Assert.True(share.DistanceBytes < subgraph.Tensors[share.Output].Bytes && -share.DistanceBytes < subgraph.Tensors[share.Input].Bytes,
                    $"{operation.Kind}: {share} is no overlap");
                long distance = share.IsExact ? share.DistanceBytes : (share.DistanceBytes + Alignment - 1) / Alignment * Alignment;
                Assert.Null(OverlapSimulator.FirstConflict(profile, subgraph, operation, share.Input, share.Output, (1 << 30) + distance, 1 << 30));
            }
        }
    }
}

using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Tflite;

/// <summary>Reads files that may be anything, and allows two ends only: a model, or one diagnostic about the file.</summary>
internal static class HostileFiles
{
    private const int OptionSlots = 12, LongestMessage = 1000;
    private const long AllocationFloorBytes = 64L << 20, AllocationPerFileByte = 1024;

    /// <summary>The code of the diagnostic, or null when the file is a model; everything that a model says is read.</summary>
    public static string? Outcome(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? code = null;
        try
        {
            TfliteModel model = TfliteModel.Load(file, "hostile.tflite");
            ReadEverything(model);
            WriteBack(model);
            MakeGraphs(model);
        }
        catch (TinyReorderException e)
        {
            code = e.Diagnostic.Code;
            Assert.StartsWith("TINY2", code, StringComparison.Ordinal);
            Assert.Equal(DiagnosticSeverity.Error, e.Diagnostic.Severity);
            Assert.True(e.Message.Length <= LongestMessage, $"a message of {e.Message.Length} characters");
            Assert.DoesNotContain(e.Message, char.IsControl);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= AllocationFloorBytes + (AllocationPerFileByte * file.Length), $"{allocated} bytes allocated for a file of {file.Length}");
        return code;
    }

    private static void ReadEverything(TfliteModel model)
    {
        for (int buffer = -1; buffer <= model.BufferCount; buffer++)
            Assert.InRange(model.BufferBytes(buffer).Count, 0, model.Bytes.Length);
        foreach (TfliteSubgraph subgraph in model.Subgraphs)
        {
            Assert.DoesNotContain(subgraph.Tensors, tensor => tensor.Bytes < 0);
            foreach (TfliteOperator op in subgraph.Operators)
            {
                Assert.NotEmpty(op.Kind);
                for (int slot = 0; slot < OptionSlots && op.Options.Exist; slot++)
                    ReadOption(op.Options, slot);
            }
        }
    }

    /// <summary>The file's own order gives the file back, and with new metadata a file that is read the same; or the rewriter refuses.</summary>
    private static void WriteBack(TfliteModel model)
    {
        IReadOnlyList<int>[] orders = model.Subgraphs.Select(subgraph => (IReadOnlyList<int>)Enumerable.Range(0, subgraph.Operators.Count).ToArray())
            .ToArray();
        if (model.ControlDependencies.Count == 0)
            Assert.True(TfliteRewriter.Rewrite(model, orders).AsSpan().SequenceEqual(model.Bytes));
        if (!TfliteRewriter.CanAddMetadata(model))
            return;
        TfliteModel changed = TfliteModel.Load(TfliteRewriter.Rewrite(model, orders, [("added", [1, 2, 3])]), "changed.tflite");
        Assert.Contains(changed.Metadata, entry => entry.Name == "added" && changed.BufferBytes(entry.Buffer).AsSpan().SequenceEqual((byte[])[1, 2, 3]));
        Assert.Equal(model.Subgraphs.Select(subgraph => subgraph.Operators.Count), changed.Subgraphs.Select(subgraph => subgraph.Operators.Count));
    }

    private static void MakeGraphs(TfliteModel model)
    {
        for (int s = 0; s < model.Subgraphs.Count; s++)
        {
            Graph graph = SubgraphGraph.Create(model, s, GraphSizing.Plain);
            Assert.True(MemoryMap.Of(graph, Enumerable.Range(0, graph.Operators.Count).ToArray()).PeakBytes >= 0);
        }
    }

    /// <summary>Reads a field as each type that it might have; a damaged one is one diagnostic, and the others can still be read.</summary>
    private static void ReadOption(OperatorOptions options, int slot)
    {
        foreach (Action read in new Action[] { () => options.Byte(slot), () => options.Bool(slot), () => options.Int32(slot), () =>
            options.Single(slot), () => options.Int32Array(slot) })
        {
            try
            {
                read();
            }
            catch (TinyReorderException e)
            {
                Assert.Equal(DiagnosticCodes.CorruptFile, e.Diagnostic.Code);
            }
        }
    }
}

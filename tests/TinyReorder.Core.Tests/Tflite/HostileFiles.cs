using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

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
            ReadEverything(TfliteModel.Load(file, "hostile.tflite"));
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

    /// <summary>Reads a field as each type that it might have; a damaged one is one diagnostic, and the others can still be read.</summary>
    private static void ReadOption(OperatorOptions options, int slot)
    {
        foreach (Action read in new Action[] { () => options.Byte(slot), () => options.Bool(slot), () => options.Int32(slot), () => options.Single(slot), () => options.Int32Array(slot) })
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

using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>What the interpreter refuses or misreads of tensors, whatever reads them.</summary>
internal static class TensorChecks
{
    /// <summary>The first problem of a tensor, or null. The interpreter asks for the size of every tensor (micro/micro_allocation_info.cc).</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="buffers">The number of buffers of the model; the interpreter looks for the data of every tensor in one.</param>
    /// <param name="isUsed">Whether an operator reads it.</param>
    public static SupportProblem? Check(TfliteTensor tensor, int buffers, bool isUsed)
    {
        if (tensor.Buffer >= buffers)
            return new SupportProblem("has no buffer, which the interpreter reads past the end of the list for", Cures.Again);
        if (!HasSize(tensor.Type))
            return new SupportProblem($"has the type {tensor.Type.ToString().ToUpperInvariant()}, whose size the interpreter does not know, so it plans no "
                + "tensor of the model", TypeCure(tensor.Type));
        if (tensor.HasOpenShape)
            return new SupportProblem("has a negative dimension although nothing refers to it; the interpreter plans it all the same",
                "remove it (convert the model again)");
        if (!isUsed)
            return null;
        if (tensor.IsSparse)
            return new SupportProblem("is stored sparse, which the interpreter reads as if it were dense",
                "convert without sparsity (strip the pruning and do not ask for sparse tensors), or compress it for TFLM_DECODE");
        return ShortProblem(tensor);
    }

    /// <summary>The types whose size TfLiteTypeSizeOf knows (micro/memory_helpers.cc).</summary>
    public static bool HasSize(TensorType type) => type is not
        (TensorType.String or TensorType.Variant or TensorType.Int2 or TensorType.UInt4 or TensorType.Float8E4M3FN or TensorType.Float8E5M2);

    /// <summary>Constants that kernels read past: fewer bytes in the file than shape and type say. 4-bit elements lie two in a byte.</summary>
    private static SupportProblem? ShortProblem(TfliteTensor tensor)
    {
        if (!tensor.IsConstant || tensor.ConstantBytes.Count == 0)
            return null;
        long needed = tensor.Type == TensorType.Int4 ? (tensor.ElementCount / 2) + (tensor.ElementCount % 2) : tensor.Bytes;
        return tensor.ConstantBytes.Count >= needed
            ? null
            : new SupportProblem($"is a constant of {Quantity.Bytes(tensor.ConstantBytes.Count)} where shape and type say {Quantity.Bytes(needed)}; "
                + "kernels read past its end", Cures.Again);
    }

    private static string TypeCure(TensorType type) => type switch
    {
        TensorType.String => "do the work on text outside of the model",
        TensorType.Variant => Cures.Lists,
        _ => "quantize to int8, or weights to int4",
    };
}

using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>Custom operators that compilers put in the place of others: Vela for Arm Ethos-U, and the compression of tflite-micro.</summary>
internal static class CompilerFormulas
{
    private const int AddressBytes = 8;
    private const int SizeBytes = 4;
    private const int PointerBytes = 4;
    private const int LookupTable = 0;
    private const int Huffman = 1;
    private const int Prune = 2;

    /// <summary>An address of 64 bits and a size for each input and output (micro/kernels/ethos_u/ethosu.cc).</summary>
    public static void EthosU(KernelContext kernel)
    {
        long tensors = kernel.Operator.Inputs.Count + kernel.Operator.Outputs.Count;
        kernel.Scratch(AddressBytes * tensors);
        kernel.Scratch(SizeBytes * tensors);
    }

    /// <summary>
    /// A pointer for each output, then for each a state of the kind that the first byte of its description names, which for pruned channels keeps their zero
    /// points too (micro/kernels/decode.cc, decode_state_prune.cc).
    /// </summary>
    public static void Decode(KernelContext kernel)
    {
        int outputs = kernel.Operator.Outputs.Count;
        kernel.Keep(PointerBytes * outputs);
        for (int i = 0; i < outputs; i++)
        {
            ArraySegment<byte> description = kernel.Input((2 * i) + 1).ConstantBytes;
            int kind = description.Count == 0 ? -1 : description.Array![description.Offset];
            kernel.Keep(kernel.Parameter(kind switch
            {
                LookupTable => "lutBytes",
                Huffman => "huffmanBytes",
                Prune => "pruneBytes",
                _ => throw new KernelMismatchException("unpacks something in a way that the kernel does not have"),
            }));
            if (kind == Prune)
                KeepZeroPoints(kernel, kernel.Output(i));
        }
    }

    private static void KeepZeroPoints(KernelContext kernel, TfliteTensor output)
    {
        long channels = KernelContext.AffineScales(output);
        if (channels < 2)
            return;
        if (output.ZeroPoint == 0)
            kernel.Inexact("unpacks pruned channels, whose zero points are kept where one is not 0");
        kernel.Keep(channels);
    }
}

using TinyReorder.Operators;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Regions;

/// <summary>Convolutions whose window is one pixel: a dilation changes nothing in what they compute.</summary>
internal static class PixelConvolutions
{
    /// <summary>Whether CMSIS-NN would take the operator as one product of matrices, and pixel by pixel with a dilation (arm_convolve_wrapper_s8).</summary>
    public static bool MayBeDilated(TfliteSubgraph subgraph, TfliteOperator op) =>
        op.Kind == "CONV_2D" && WindowShape.Of(subgraph, op) is { IsPointwise: true, StrideHeight: 1, StrideWidth: 1 } window
        && window.FilterChannels == window.InputChannels && subgraph.Tensors[op.Inputs[0]].Type == TensorType.Int8
        && subgraph.Tensors[op.Inputs[1]].Type == TensorType.Int8;
}

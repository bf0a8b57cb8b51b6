using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>Custom operators that the interpreter has.</summary>
internal static class CustomChecks
{
    private const int BoxBytes = 4 * 4;
    private const int ValueBytes = 4;
    private const int LastKind = 2;
    private const int VersionPlace = 1;
    private const int KindVersionPlace = 4;

    /// <summary>Detection: float boxes of one image, and outputs with room for every detection (micro/kernels/detection_postprocess.cc).</summary>
    public static SupportProblem? Detection(SupportContext op)
    {
        if (op.Input(0) is not { } boxes || op.Input(1) is not { } scores || op.Operator.Outputs.Count != 4)
            return null;
        if (boxes.Type != TensorType.Float32 || scores.Type != TensorType.Float32)
            return new SupportProblem("has boxes or scores that are not FLOAT32, so that every Invoke fails",
                "put a DEQUANTIZE before it (export the post-processing in float32)");
        bool fits = boxes.Shape.Count == 3 && scores.Shape.Count == 3 && boxes.Shape[0] == 1 && scores.Shape[0] == 1
            && boxes.Shape[2] >= 4 && scores.Shape[1] == boxes.Shape[1];
        if (!fits)
            return SupportProblem.Shapes($"has boxes of the shape {Quote.List(boxes.Shape)} and scores of the shape {Quote.List(scores.Shape)}");
        if (op.Input(2) is { } anchors && (anchors.Type != TensorType.Float32 || anchors.ElementCount < 4L * boxes.Shape[1]))
        {
            return new SupportProblem(
                $"has anchors of {anchors.Type.ToString().ToUpperInvariant()} {Quote.List(anchors.Shape)}, of which the kernel reads FLOAT32 "
                + $"[{boxes.Shape[1]}, 4]",
                "export the post-processing in float32, with an anchor for each box");
        }
        try
        {
            return Rows(op, boxes.Shape[1], scores.Shape[2]);
        }
        catch (KernelMismatchException e)
        {
            return new SupportProblem(e.Message, Cures.Again);
        }
    }

    /// <summary>Arm Ethos-U: a command stream as the first input, and options (micro/kernels/ethos_u/ethosu.cc).</summary>
    public static SupportProblem? EthosU(SupportContext op) =>
        op.Operator.Inputs.Count == 0 || op.Options.CustomOptions.Length == 0
            ? new SupportProblem("has no command stream or no options", "run Vela again")
            : null;

    /// <summary>Compressed weights: for each output a constant and a description of how it is packed (micro/kernels/decode.cc).</summary>
    public static SupportProblem? Decode(SupportContext op)
    {
        if (op.Operator.Outputs.Count == 0 || op.Operator.Inputs.Count != 2 * op.Operator.Outputs.Count)
            return new SupportProblem($"has {op.Operator.Inputs.Count} inputs for {op.Operator.Outputs.Count} outputs; the kernel takes two for each",
                "compress the model again");
        if (op.Inputs.Any(tensor => !tensor.IsConstant))
            return new SupportProblem("computes what it unpacks, which has to be a constant", "compress the model again");
        return op.Operator.Outputs.Where((_, i) => op.Input((2 * i) + 1) is { } description && !IsKnown(description.ConstantBytes)).Any()
            ? new SupportProblem("unpacks something in a way or of a version that the kernel does not have",
                "compress the model with the tools of the same tflite-micro")
            : null;
    }

    private static bool IsKnown(ArraySegment<byte> description) =>
        description.Count > KindVersionPlace && description.Array![description.Offset] <= LastKind
        && description.Array[description.Offset + VersionPlace] == 1 && description.Array[description.Offset + KindVersionPlace] == 1;

    private static SupportProblem? Rows(SupportContext op, long boxes, long classesWithBackground)
    {
        var options = FlexBufferMap.Read(op.Options.CustomOptions);
        long classes = options.Integer("num_classes"), most = options.Integer("max_detections");
        if (classesWithBackground - classes is < 0 or > 1)
            return SupportProblem.Shapes($"has scores for {Quantity.Count(classesWithBackground)} classes where its options name {Quantity.Count(classes)}");
        bool isRegular = options.HasKey("use_regular_nms") && options.Integer("use_regular_nms") != 0;
        long each = isRegular ? 1 : Math.Min(options.Integer("max_classes_per_detection"), classes);
        bool keepsNone = isRegular && options.HasKey("detections_per_class") && options.Integer("detections_per_class") <= 0;
        if (most < 0 || each <= 0 || keepsNone)
            return new SupportProblem("asks for no detections, no classes of one or none of a class, so that every Invoke fails", Cures.Again);

        // The fast way leaves gaps: class c of the n-th row written stands at n * classes + c, and n counts rows, not detections.
        long rows = isRegular ? most : Math.Min(most, boxes) * each * each;
        long[] needed = [rows * BoxBytes, rows * ValueBytes, rows * ValueBytes, ValueBytes];
        for (int i = 0; i < needed.Length; i++)
        {
            if (op.Output(i) is { } output && output.Bytes < needed[i])
            {
                return new SupportProblem(
                    $"writes up to {Quantity.Bytes(needed[i])} into output {i}, which has the shape {Quote.List(output.Shape)} and "
                        + $"{Quantity.Bytes(output.Bytes)}: "
                        + "the kernel writes past its end, over other tensors",
                    $"give its outputs the shapes [1, {rows}, 4], [1, {rows}], [1, {rows}] and [1] in the file");
            }
        }
        return null;
    }
}

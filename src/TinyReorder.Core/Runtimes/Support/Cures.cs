using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Support;

/// <summary>What to do about the usual problems.</summary>
internal static class Cures
{
    public const string FixedShapes = "export the model with a fixed batch and fixed shapes, so that the converter writes the true ones";
    public const string Constant = "fix the shapes before you convert, so that the converter folds it into a constant, or leave the operator out";
    public const string Rank = "reshape to fewer dimensions around it";
    public const string Again = "convert the model again from its source";
    public const string Quantization = "quantize the whole model with the TensorFlow Lite converter and a representative data set, which gives what the "
        + "kernel takes";
    public const string Symmetric = "quantize the weights symmetrically, as the TensorFlow Lite converter does";
    public const string Builtins = "convert with built-in operators only (target_spec.supported_ops without SELECT_TF_OPS) and write the layer with "
        + "operators that TensorFlow Lite has";
    public const string Lists = "unroll the recurrent layer (unroll=True) or keep it as UNIDIRECTIONAL_SEQUENCE_LSTM, then convert with built-in operators "
        + "only";
    public const string Lstm = "convert a Keras LSTM layer without projection, peepholes and normalisation with a newer TensorFlow, or unroll it "
        + "(unroll=True)";

    /// <summary>For a type that a kernel does not take.</summary>
    public static string Types(IReadOnlyList<TensorType> types)
    {
        if (types.Contains(TensorType.Float16) || types.Contains(TensorType.BFloat16))
            return "convert without 16-bit floats: in float32, or quantized to int8";
        if (types.Contains(TensorType.UInt8))
            return "quantize to int8, not to uint8 (TensorFlow 2 converter, inference_input_type=tf.int8)";
        if (types.Contains(TensorType.Float32) && types.Any(type => type is TensorType.Int8 or TensorType.Int4))
            return "quantize activations as well as weights (give the converter a representative data set), or neither";
        return "cast to a type that it takes, or quantize the whole model to int8";
    }
}

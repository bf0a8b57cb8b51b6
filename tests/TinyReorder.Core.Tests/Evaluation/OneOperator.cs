using System.Runtime.InteropServices;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Evaluation;

/// <summary>A model of one operator with its values, to be evaluated.</summary>
internal sealed class OneOperator
{
    private readonly List<byte[]> given = [];

    public ModelBuilder Model { get; } = new();

    /// <summary>What stands for a real number as the integer itself.</summary>
    public static Quantization Plain { get; } = new(1, 0);

    /// <summary>An input with its values; quantized as <see cref="Plain"/> unless told otherwise.</summary>
    public ModelTensor Input<T>(int[] shape, T[] values, Quantization? quantization = null) where T : unmanaged
    {
        given.Add(Bytes(values));
        return Model.Input($"input{given.Count}", shape, TypeOf<T>(), QuantizationOf<T>(quantization));
    }

    public ModelTensor Constant<T>(int[] shape, T[] values, Quantization? quantization = null) where T : unmanaged =>
        Model.Constant($"constant{Model.Tensors.Count}", shape, TypeOf<T>(), Bytes(values), QuantizationOf<T>(quantization));

    public ModelTensor Output<T>(int[] shape, Quantization? quantization = null) where T : unmanaged
    {
        ModelTensor output = Model.Tensor($"output{Model.Outputs.Count}", shape, TypeOf<T>(), QuantizationOf<T>(quantization));
        Model.Output(output);
        return output;
    }

    /// <summary>Evaluates an operator with one output.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="options">Its options by their slots; the interpreter does not look at the number of the table.</param>
    /// <param name="inputs">What it reads; null where it omits one.</param>
    /// <param name="output">What it writes.</param>
    public T[] Run<T>(string kind, FlatTableNode options, ModelTensor?[] inputs, ModelTensor output) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(RunAll(kind, options, inputs, [output])[0]).ToArray();

    /// <summary>Evaluates an operator with several outputs.</summary>
    public byte[][] RunAll(string kind, FlatTableNode options, ModelTensor?[] inputs, ModelTensor[] outputs)
    {
        Model.Operator(kind, inputs, outputs, new OptionsTable(1, options));
        return ArenaInterpreter.Run(TfliteModel.Load(Model.Build(), kind), given);
    }

    /// <summary>The values as bytes of a file.</summary>
    public static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static Quantization? QuantizationOf<T>(Quantization? given) => typeof(T) == typeof(sbyte) || typeof(T) == typeof(short) ? given ?? Plain : given;

    private static TensorType TypeOf<T>() => Type.GetTypeCode(typeof(T)) switch
    {
        TypeCode.SByte => TensorType.Int8,
        TypeCode.Byte => TensorType.UInt8,
        TypeCode.Int16 => TensorType.Int16,
        TypeCode.Int32 => TensorType.Int32,
        TypeCode.Int64 => TensorType.Int64,
        TypeCode.Boolean => TensorType.Bool,
        _ => TensorType.Float32,
    };
}

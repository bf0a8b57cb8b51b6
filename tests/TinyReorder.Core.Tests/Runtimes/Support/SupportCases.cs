using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>Small models for the checks, and what is said about them.</summary>
internal static class SupportCases
{
    // The numbers of the options' tables in the schema's union, without which an interpreter takes defaults.
    private static readonly Dictionary<string, int> Unions = new()
    {
        ["CONV_2D"] = 1,
        ["DEPTHWISE_CONV_2D"] = 2,
        ["AVERAGE_POOL_2D"] = 5,
        ["MAX_POOL_2D"] = 5,
        ["SVDF"] = 6,
        ["FULLY_CONNECTED"] = 8,
        ["SOFTMAX"] = 9,
        ["CONCATENATION"] = 10,
        ["ADD"] = 11,
        ["RESIZE_BILINEAR"] = 15,
        ["RESHAPE"] = 17,
        ["SPACE_TO_DEPTH"] = 19,
        ["GATHER"] = 23,
        ["MEAN"] = 27,
        ["SQUEEZE"] = 30,
        ["STRIDED_SLICE"] = 32,
        ["SPLIT"] = 35,
        ["SLICE"] = 48,
        ["TRANSPOSE_CONV"] = 49,
        ["SHAPE"] = 55,
        ["PACK"] = 59,
        ["UNPACK"] = 64,
        ["UNIDIRECTIONAL_SEQUENCE_LSTM"] = 71,
        ["DEPTH_TO_SPACE"] = 94,
        ["BATCH_MATMUL"] = 101,
    };

    /// <summary>The messages of TINY3004 about a model.</summary>
    public static string[] Refusals(ModelBuilder builder, string kernels = "reference")
    {
        var allocator = new TflmAllocator(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find(kernels));
        return allocator.Allocate(allocator.FileOrders()).Diagnostics.Where(diagnostic => diagnostic.Code == "TINY3004")
            .Select(diagnostic => diagnostic.Message).ToArray();
    }

    /// <summary>A model of one operator from inputs to outputs of the given shapes, int8 unless told otherwise.</summary>
    public static ModelBuilder Of(string kind, int[][] inputs, int[] output, TensorType type = TensorType.Int8, Action<FlatTableNode>? options = null,
        TensorType? outputType = null)
    {
        var builder = new ModelBuilder();
        ModelTensor[] from = inputs.Select((shape, i) => builder.Input($"i{i}", shape, type)).ToArray();
        ModelTensor to = builder.Tensor("o", output, outputType ?? type);
        Add(builder, kind, from, [to], options);
        return builder;
    }

    /// <summary>A model of one operator with an input and constant whole numbers behind it.</summary>
    public static ModelBuilder With(string kind, int[] input, int[][] constants, int[] output, TensorType type = TensorType.Float32,
        Action<FlatTableNode>? options = null)
    {
        var builder = new ModelBuilder();
        ModelTensor from = builder.Input("i", input, type), to = builder.Tensor("o", output, type);
        ModelTensor[] numbers = constants.Select((values, i) => builder.Int32s($"c{i}", values)).ToArray();
        Add(builder, kind, [from, .. numbers], [to], options);
        return builder;
    }

    /// <summary>Adds an operator whose outputs the caller reads.</summary>
    public static ModelOperator Add(ModelBuilder builder, string kind, ModelTensor?[] inputs, ModelTensor[] outputs, Action<FlatTableNode>? options = null)
    {
        var table = new FlatTableNode();
        options?.Invoke(table);
        ModelOperator added = builder.Operator(kind, inputs, outputs, Unions.TryGetValue(kind, out int union) ? new OptionsTable(union, table) : null);
        builder.Output(outputs);
        return added;
    }

    /// <summary>A constant of zeros.</summary>
    public static ModelTensor Zeros(ModelBuilder builder, string name, int[] shape, TensorType type, Quantization? quantization = null) =>
        builder.Constant(name, shape, type, new byte[shape.Aggregate(type.ElementBytes(), (bytes, dimension) => bytes * dimension)], quantization);
}

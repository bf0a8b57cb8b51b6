using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>What older versions refuse or misrun and the newest takes, each in the last version that does and in the first that does not.</summary>
public class OlderRefusalTests
{
    private const string Reference = "tflm-reference-";
    private const string Dsp = "tflm-cmsis-nn-dsp-";
    private static readonly Quantization Symmetric = new(0.5f, 0);
    private static readonly int[][] Broadcast5 = [[1, 2, 3, 4, 5], [1, 1, 1, 1, 5]];
    private static readonly int[][] Equal5 = [[1, 2, 3, 4, 5], [1, 2, 3, 4, 5]];
    private static readonly int[][] Broadcast6 = [[1, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 5]];
    private static readonly int[][] Equal6 = [[1, 1, 2, 3, 4, 5], [1, 1, 2, 3, 4, 5]];

    public static TheoryData<string, ModelBuilder, string, string?> Cases => new()
    {
        { "int16 transpose convolution", TransposeConvolution(), Reference + "b766947", "has int16 input and no bias, which crashes the kernel" },
        { "int16 transpose convolution", TransposeConvolution(), Reference + "f6c16a2", "has int16 input and no bias, which crashes the kernel" },
        { "int16 transpose convolution", TransposeConvolution(), Reference + "dc4dcb7", null },
        { "int16 transpose convolution", TransposeConvolution(), Dsp + "e98ee09", "has int16 input and no bias, which crashes the kernel" },
        { "int16 convolution", Convolution(bias: null), Reference + "172aa57", "has int16 input and no bias, which crashes the kernel" },
        { "int16 convolution", Convolution(bias: null), Reference + "a3e7bdad", "has int16 input and no bias, which crashes the kernel" },
        { "int16 convolution", Convolution(bias: null), Reference + "b766947", null },
        { "int16 convolution", Convolution(bias: null), Dsp + "e98ee09", null },
        { "int16 convolution", Convolution(bias: null), Reference + "f6c16a2", null },
        { "int32 bias", Convolution(TensorType.Int32), Reference + "172aa57", null },
        { "int32 bias", Convolution(TensorType.Int32), Reference + "f6c16a2",
            "has INT16 with INT32 as input 0 and input 2; the kernel takes FLOAT32 with FLOAT32, INT8 with INT32, INT16 with INT64" },
        { "int32 bias", Convolution(TensorType.Int32), Dsp + "e98ee09", "has INT16 with INT32 as input 0 and input 2" },
        { "int32 bias", Convolution(TensorType.Int32), Dsp + "bfc54ed", null },
        { "int32 bias of fully connected", FullyConnected(TensorType.Int16, TensorType.Int32, 1), Reference + "90b983c", null },
        { "int32 bias of fully connected", FullyConnected(TensorType.Int16, TensorType.Int32, 1), Reference + "87d5152",
            "has INT16 with INT32 as input 0 and input 2" },
        { "int32 bias of fully connected", FullyConnected(TensorType.Int16, TensorType.Int32, 1), Dsp + "4ab83cc",
            "has INT16 with INT32 as input 0 and input 2" },
        { "int32 bias of fully connected", FullyConnected(TensorType.Int16, TensorType.Int32, 1), "tflm-esp-nn-d45b843",
            "has INT16 with INT32 as input 0 and input 2" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), Reference + "87d5152", null },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), Reference + "dc4dcb7",
            "has 4 scales in its filter, where the kernel of this version takes one" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), Reference + "f6c16a2", "has 4 scales in its filter" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), Dsp + "22080c6", null },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), Dsp + "bfc54ed", "has 4 scales in its filter" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), "arduino-cmsis-nn-dsp-7948b85", "has 4 scales in its filter" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), "tflm-esp-nn-9195e96", "has 4 scales in its filter" },
        { "scales", FullyConnected(TensorType.Int8, TensorType.Int32, 4), "tflm-esp-nn-b859e50", null },
        { "int16 scales", FullyConnected(TensorType.Int16, TensorType.Int64, 4), Reference + "f5c36ef", null },
        { "int16 scales", FullyConnected(TensorType.Int16, TensorType.Int64, 4), Reference + "87d5152", "has 4 scales in its filter" },
        { "int16 scales", FullyConnected(TensorType.Int16, TensorType.Int64, 4), Dsp + "4ab83cc", "has 4 scales in its filter" },
        { "int16 scales", FullyConnected(TensorType.Int16, TensorType.Int64, 4), "tflm-esp-nn-d45b843", "has 4 scales in its filter" },
        { "comparison", Compare(Broadcast5), Reference + "90b983c", null },
        { "comparison", Compare(Broadcast5), Reference + "f5c36ef", "broadcasts tensors of rank 5; the kernel stops above 4 where shapes differ" },
        { "comparison of equals", Compare(Equal5), Reference + "f6c16a2", null },
        { "difference", SupportCases.Of("SQUARED_DIFFERENCE", Broadcast5, Broadcast5[0]), Reference + "f5c36ef", "broadcasts tensors of rank 5" },
        { "floor", SupportCases.Of("FLOOR_DIV", Broadcast5, Broadcast5[0], TensorType.Float32), Reference + "f5c36ef", "broadcasts tensors of rank 5" },
        { "rest", SupportCases.Of("FLOOR_MOD", Broadcast5, Broadcast5[0], TensorType.Float32), Reference + "f5c36ef", "broadcasts tensors of rank 5" },
        { "and", SupportCases.Of("LOGICAL_AND", Broadcast5, Broadcast5[0], TensorType.Bool), Reference + "f5c36ef", "broadcasts tensors of rank 5" },
        { "or", SupportCases.Of("LOGICAL_OR", Broadcast5, Broadcast5[0], TensorType.Bool), Reference + "f5c36ef", "broadcasts tensors of rank 5" },
        { "maximum", SupportCases.Of("MAXIMUM", Broadcast5, Broadcast5[0]), Reference + "f5c36ef", null },
        { "maximum", SupportCases.Of("MAXIMUM", Broadcast6, Broadcast6[0]), Reference + "f5c36ef", "broadcasts tensors of rank 6; the kernel stops above 5" },
        { "maximum", SupportCases.Of("MAXIMUM", Equal5, Equal5[0]), Dsp + "4ab83cc",
            "has a tensor of rank 5 as input 0 and input 1 and output 0; the kernel takes at most 4" },
        { "maximum", SupportCases.Of("MAXIMUM", Equal5, Equal5[0]), Dsp + "22080c6", null },
        { "minimum", SupportCases.Of("MINIMUM", Broadcast6, Broadcast6[0]), Reference + "f5c36ef", "broadcasts tensors of rank 6" },
        { "quotient", SupportCases.Of("DIV", Broadcast6, Broadcast6[0], TensorType.Float32), Reference + "f5c36ef", "broadcasts tensors of rank 6" },
        { "choice", Select(), Reference + "90b983c", null },
        { "choice", Select(), Reference + "f5c36ef", "broadcasts tensors of rank 6; the kernel stops above 5" },
        { "sum", SupportCases.Of("ADD", Broadcast5, Broadcast5[0]), Reference + "b766947", null },
        { "sum", SupportCases.Of("ADD", Broadcast5, Broadcast5[0]), Reference + "172aa57", "broadcasts tensors of rank 5" },
        { "sum", SupportCases.Of("ADD", Broadcast5, Broadcast5[0]), Dsp + "e98ee09", "broadcasts tensors of rank 5" },
        { "sum", SupportCases.Of("ADD", Broadcast5, Broadcast5[0]), Dsp + "bfc54ed", null },
        { "product", SupportCases.Of("MUL", Broadcast5, Broadcast5[0]), Reference + "172aa57", "broadcasts tensors of rank 5" },
        { "six dimensions", SupportCases.Of("SUB", Equal6, Equal6[0]), Reference + "b766947", null },
        { "six dimensions", SupportCases.Of("SUB", Equal6, Equal6[0]), Reference + "172aa57", "the kernel takes at most 5" },
        { "six dimensions", Concatenation(6), Reference + "172aa57", "the kernel takes at most 5" },
        { "five dimensions", Concatenation(5), Reference + "a3e7bdad", null },
        { "five dimensions", Concatenation(5), Reference + "f6c16a2", "the kernel takes at most 4" },
        { "axes", SupportCases.With("MEAN", [2, 3, 4, 5], [[1, 2, -1]], [2]), Reference + "90b983c", null },
        { "axes", SupportCases.With("MEAN", [2, 3, 4, 5], [[1, 2, -1]], [2]), Reference + "f5c36ef",
            "reduces 3 axes; the kernel has room for 2 and writes past it" },
        { "axes named twice", SupportCases.With("SUM", [2, 3, 4, 5], [[1, 3, -1]], [2, 4]), Reference + "b766947", null },
        { "five dimensions", SupportCases.With("MEAN", [1, 2, 3, 4, 5], [[1, 2]], [1, 4, 5]), Reference + "172aa57", null },
        { "five dimensions", SupportCases.With("MEAN", [1, 2, 3, 4, 5], [[1, 2]], [1, 4, 5]), Reference + "a3e7bdad", "the kernel takes at most 4" },
        { "matrix", SupportCases.With("FULLY_CONNECTED", [1, 8], [], [1, 8]), Reference + "f6c16a2", null },
        { "int8 to uint8", Quantize(), Reference + "a3e7bdad", null },
        { "int8 to uint8", Quantize(), Reference + "f6c16a2", "has INT8 with UINT8 as input 0 and output 0" },
        { "rows of rank 3", FullyConnected(TensorType.Int8, TensorType.Int32, 1, rank: 3), Reference + "a3e7bdad", null },
        { "rows of rank 3", FullyConnected(TensorType.Int8, TensorType.Int32, 1, rank: 3), Reference + "f6c16a2",
            "has a tensor of rank 3 as output 0; the kernel takes at most 2" },
        { "rows of rank 3", FullyConnected(TensorType.Int8, TensorType.Int32, 1, rank: 3), Dsp + "977abe9",
            "has a tensor of rank 3 as output 0; the kernel takes at most 2" },
        { "int16 rows", FullyConnected(TensorType.Int16, TensorType.Int64, 1), Dsp + "977abe9", "has INT16 with INT8 as input 0 and input 1" },
        { "int16 comparison", SupportCases.Of("LESS_EQUAL", [[4], [4]], [4], TensorType.Int16, outputType: TensorType.Bool), Reference + "90b983c",
            "has INT16 as input 0" },
        { "int16 comparison", SupportCases.Of("GREATER_EQUAL", [[4], [4]], [4], TensorType.Int16, outputType: TensorType.Bool), Reference + "90b983c",
            "has INT16 as input 0" },
        { "int16 comparison", SupportCases.Of("GREATER", [[4], [4]], [4], TensorType.Int16, outputType: TensorType.Bool), Reference + "90b983c", null },
        { "int16 root", SupportCases.Of("RSQRT", [[4]], [4], TensorType.Int16), Reference + "90b983c",
            "has INT16 as input 0; the kernel takes FLOAT32, INT8" },
        { "int32 sum", SupportCases.Of("ADD", [[4], [4]], [4], TensorType.Int32), Dsp + "bfc54ed", null },
        { "int32 sum", SupportCases.Of("ADD", [[4], [4]], [4], TensorType.Int32), Dsp + "e98ee09", "has INT32 as input 0" },
        { "bool slice", Slice(), Reference + "172aa57", null },
        { "bool slice", Slice(), Reference + "a3e7bdad", "has BOOL as input 0" },
        { "five dimensions", Transpose(5), Dsp + "4ab83cc", "has a tensor of rank 5 as input 0; the kernel takes at most 4 of INT8" },
        { "five dimensions", Transpose(5), Dsp + "22080c6", null },
        { "matrices", Matmul(), Dsp + "4ab83cc", "has a tensor of rank 5 as input 0 and input 1; the kernel takes at most 4" },
        { "matrices", Matmul(), Dsp + "bfc54ed", null },
        { "kept rule", SupportCases.Of("CONCATENATION", [[1, 4], [1, 4]], [1, 6], options: options => options.Int32(0, 1)), Reference + "f6c16a2",
            "writes 8 along axis 1 where its output has 6" },
        { "kept rule", SupportCases.Of("ADD", [[1, 4], [1, 3]], [1, 4]), Reference + "a3e7bdad", "cannot be broadcast to one" },
        { "kept rule", SupportCases.With("STRIDED_SLICE", [1, 8], [[0, 2], [1, 6], [1, 2]], [1, 3]), Reference + "f6c16a2",
            "takes a slice of the shape [1, 2]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_version_refuses_what_it_does(string name, ModelBuilder builder, string profile, string? message)
    {
        string[] refusals = SupportCases.Refusals(builder, profile);

        if (message is null)
            Assert.True(refusals.Length == 0, name + ": " + string.Join("; ", refusals));
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TensorType.Int16), nameof(TensorType.Int32), "DEPTHWISE_CONV_2D",
        "has INT16 with INT32 as input 0 and input 2; the kernel takes FLOAT32 with FLOAT32, INT8 with INT32, INT16 with INT64")]
    [InlineData(nameof(TensorType.Int8), nameof(TensorType.Int64), "DEPTHWISE_CONV_2D", "has INT8 with INT64")]
    [InlineData(nameof(TensorType.Int16), nameof(TensorType.Int64), "DEPTHWISE_CONV_2D", null)]
    [InlineData(nameof(TensorType.Int8), nameof(TensorType.Int64), "CONV_2D", "has INT8 with INT64")]
    [InlineData(nameof(TensorType.Int16), nameof(TensorType.Int32), "CONV_2D", null)]
    public void A_bias_has_the_type_that_the_kernel_reads(string typeName, string biasName, string kind, string? message)
    {
        TensorType type = Enum.Parse<TensorType>(typeName);
        TensorType bias = Enum.Parse<TensorType>(biasName);
        foreach (string profile in new[] { "reference", "cmsis-nn", "esp-nn" })
        {
            var builder = new ModelBuilder();
            ModelTensor x = builder.Input("x", [1, 4, 4, 4], type, Symmetric),
                w = SupportCases.Zeros(builder, "w", kind == "CONV_2D" ? [4, 3, 3, 4] : [1, 3, 3, 4], TensorType.Int8, Symmetric);
            ModelTensor b = SupportCases.Zeros(builder, "b", [4], bias, new Quantization(0.25f, 0));
            SupportCases.Add(builder, kind, [x, w, b], [builder.Tensor("o", [1, 4, 4, 4], type, Symmetric)],
                kind == "CONV_2D" ? null : options => options.Int32(3, 1));

            string[] refusals = SupportCases.Refusals(builder, profile);

            Assert.Equal(message is null ? 0 : 1, refusals.Length);
            Assert.All(refusals, refusal => Assert.Contains(message!, refusal, StringComparison.Ordinal));
        }
    }

    private static ModelBuilder TransposeConvolution()
    {
        var builder = new ModelBuilder();
        ModelTensor shape = builder.Int32s("shape", 1, 8, 8, 2), weights = SupportCases.Zeros(builder, "w", [2, 2, 2, 4], TensorType.Int8, Symmetric);
        ModelTensor x = builder.Input("x", [1, 4, 4, 4], TensorType.Int16, Symmetric);
        SupportCases.Add(builder, "TRANSPOSE_CONV", [shape, weights, x], [builder.Tensor("o", [1, 8, 8, 2], TensorType.Int16, Symmetric)],
            o => o.Int32(1, 2).Int32(2, 2));
        return builder;
    }

    private static ModelBuilder Convolution(TensorType? bias)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 4, 4, 4], TensorType.Int16, Symmetric),
            w = SupportCases.Zeros(builder, "w", [4, 3, 3, 4], TensorType.Int8, Symmetric);
        ModelTensor[] b = bias is { } type ? [SupportCases.Zeros(builder, "b", [4], type, new Quantization(0.25f, 0))] : [];
        SupportCases.Add(builder, "CONV_2D", [x, w, .. b], [builder.Tensor("o", [1, 4, 4, 4], TensorType.Int16, Symmetric)]);
        return builder;
    }

    private static ModelBuilder FullyConnected(TensorType type, TensorType bias, int scales, int rank = 2)
    {
        var builder = new ModelBuilder();
        int[] ones = [.. Enumerable.Repeat(1, rank - 1)];
        Quantization filter = scales == 1 ? Symmetric : Quantization.PerChannel([.. Enumerable.Repeat(0.5f, scales)]);
        ModelTensor x = builder.Input("x", [.. ones, 8], type, Symmetric), w = SupportCases.Zeros(builder, "w", [4, 8], TensorType.Int8, filter);
        ModelTensor b = SupportCases.Zeros(builder, "b", [4], bias, new Quantization(0.25f, 0));
        SupportCases.Add(builder, "FULLY_CONNECTED", [x, w, b], [builder.Tensor("o", [.. ones, 4], type, Symmetric)]);
        return builder;
    }

    private static ModelBuilder Compare(int[][] inputs) => SupportCases.Of("GREATER", inputs, inputs[0], outputType: TensorType.Bool);

    private static ModelBuilder Select()
    {
        var builder = new ModelBuilder();
        ModelTensor condition = builder.Input("c", Broadcast6[1], TensorType.Bool), x = builder.Input("x", Broadcast6[0]),
            y = builder.Input("y", Broadcast6[0]);
        SupportCases.Add(builder, "SELECT_V2", [condition, x, y], [builder.Tensor("o", Broadcast6[0])]);
        return builder;
    }

    private static ModelBuilder Concatenation(int rank)
    {
        int[] ones = [.. Enumerable.Repeat(1, rank - 1)];
        return SupportCases.Of("CONCATENATION", [[.. ones, 4], [.. ones, 4]], [.. ones, 8], options: options => options.Int32(0, rank - 1));
    }

    private static ModelBuilder Quantize()
    {
        var builder = new ModelBuilder();
        SupportCases.Add(builder, "QUANTIZE", [builder.Input("x", [4])], [builder.Tensor("o", [4], TensorType.UInt8, new Quantization(0.5f, 128))]);
        return builder;
    }

    private static ModelBuilder Slice() => SupportCases.With("STRIDED_SLICE", [1, 8], [[0, 2], [1, 6], [1, 2]], [1, 2], TensorType.Bool);

    private static ModelBuilder Transpose(int rank)
    {
        int[] shape = [.. Enumerable.Repeat(2, rank)];
        return SupportCases.With("TRANSPOSE", shape, [[.. Enumerable.Range(0, rank).Reverse()]], shape, TensorType.Int8);
    }

    private static ModelBuilder Matmul() => SupportCases.Of("BATCH_MATMUL", [[1, 1, 2, 3, 4], [1, 1, 2, 4, 6]], [1, 1, 2, 3, 6]);
}

using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>Filters, scales, recurrent layers and tensors whose form a kernel does not take.</summary>
public class SupportFormTests
{
    private static readonly Quantization Symmetric = new(0.5f, 0);
    private const int Tanh = 4;

    private static readonly Quantization Product = new(0.0625f * 0.5f, 0);

    [Theory]
    [InlineData("reference", 5,
        "has a zero point other than 0 in input 1; the interpreter will refuse or misrun the model; quantize the weights symmetrically")]
    [InlineData("esp-nn", 5, "has a zero point other than 0 in input 1")]
    [InlineData("reference", 0, null)]
    public void Filters_of_FULLY_CONNECTED_are_symmetric(string kernels, long zeroPoint, string? message) =>
        Check(FullyConnected(new Quantization(0.5f, zeroPoint), [1, 8], [4, 8], [1, 4]), message, kernels);

    [Theory]
    [InlineData(8, 4, 8, 4, null)]
    [InlineData(8, 4, 8, 5, "has a filter of 4 rows for an output of 5")]
    [InlineData(6, 4, 8, 4, "reads 1 times 8 elements of an input that has 6")]
    public void Sizes_of_FULLY_CONNECTED_go_together(int input, int rows, int length, int output, string? message) =>
        Check(FullyConnected(Symmetric, [1, input], [rows, length], [1, output]), message);

    [Fact]
    public void A_bias_has_the_scale_of_the_products()
    {
        ModelBuilder builder = FullyConnected(Symmetric, [1, 8], [4, 8], [1, 4]);
        builder.Tensors.Single(tensor => tensor.Name == "bias").Quantization = new Quantization(0.5f, 0);

        Check(builder, "has a bias whose scale is not that of input and filter together");
    }

    [Theory]
    [InlineData(new[] { 8, 3, 3, 4 }, 8, 8, null)]
    [InlineData(new[] { 7, 3, 3, 4 }, 8, 8, "has 7 channels where its output has 8")]
    [InlineData(new[] { 8, 3, 3, 4 }, 8, 7, "has 7 biases for 8 channels")]
    [InlineData(new[] { 8, 3, 3, 3 }, 8, 8, "has 4 input channels for a filter of 3")]
    [InlineData(new[] { 8, 3, 4 }, 8, 8, "has a tensor of rank 3; the kernel takes 4")]
    public void Channels_of_a_convolution_go_together(int[] filter, int channels, int biases, string? message)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 4, 4, 4]), weights = SupportCases.Zeros(builder, "w", filter, TensorType.Int8, Symmetric);
        ModelTensor bias = SupportCases.Zeros(builder, "bias", [biases], TensorType.Int32, Product);
        SupportCases.Add(builder, "CONV_2D", [x, weights, bias], [builder.Tensor("o", [1, 4, 4, channels])]);

        Check(builder, message);
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, "makes 8 channels of 4 with a multiplier of 1")]
    public void The_multiplier_of_a_depthwise_convolution_is_that_of_its_channels(int multiplier, string? message) =>
        Check(Depthwise(multiplier, hasBias: true), message);

    [Theory]
    [InlineData("reference",
        "has no bias, at which the kernel stops where assertions are compiled in; the interpreter will refuse or misrun the model; give the layer a bias")]
    [InlineData("esp-nn", "has no bias")]
    [InlineData("cmsis-nn", null)]
    public void A_depthwise_convolution_without_bias_stops_some_kernels(string kernels, string? message) =>
        Check(Depthwise(2, hasBias: false), message, kernels);

    [Theory]
    [InlineData("cmsis-nn", "has int16 input and no bias, which crashes the kernel; the interpreter will refuse or misrun the model; give the layer a bias")]
    [InlineData("reference", null)]
    public void An_int16_TRANSPOSE_CONV_of_CMSIS_NN_needs_a_bias(string kernels, string? message)
    {
        var builder = new ModelBuilder();
        ModelTensor shape = builder.Int32s("shape", 1, 8, 8, 2), weights = SupportCases.Zeros(builder, "w", [2, 2, 2, 4], TensorType.Int8, Symmetric);
        ModelTensor x = builder.Input("x", [1, 4, 4, 4], TensorType.Int16, Symmetric);
        SupportCases.Add(builder, "TRANSPOSE_CONV", [shape, weights, x], [builder.Tensor("o", [1, 8, 8, 2], TensorType.Int16, Symmetric)],
            o => o.Int32(1, 2).Int32(2, 2));

        Check(builder, message, kernels);
    }

    [Theory]
    [InlineData(1f / 256, -128, null)]
    [InlineData(1f / 128, -128, "has another output scale or zero point than the kernel computes with")]
    [InlineData(1f / 256, 0, "has another output scale or zero point than the kernel computes with")]
    public void A_SOFTMAX_has_one_output_scale(float scale, long zeroPoint, string? message)
    {
        var builder = new ModelBuilder();
        SupportCases.Add(builder, "SOFTMAX", [builder.Input("x", [1, 8])], [builder.Tensor("o", [1, 8], quantization: new Quantization(scale, zeroPoint))],
            options => options.Single(0, 1));

        Check(builder, message);
    }

    [Fact]
    public void A_pool_keeps_its_scale()
    {
        var builder = new ModelBuilder();
        SupportCases.Add(builder, "AVERAGE_POOL_2D", [builder.Input("x", [1, 4, 4, 2])],
            [builder.Tensor("o", [1, 2, 2, 2], quantization: new Quantization(0.5f, -8))]);

        Check(builder, "has another scale or zero point in its output than in its input");
    }

    [Theory]
    [InlineData(24, -1, null)]
    [InlineData(20, -1, "has 20 inputs; the kernel takes the newer form with 24")]
    [InlineData(24, -2, "has another activation than TANH")]
    [InlineData(24, 9, "has peephole connections, which the kernel does not have")]
    [InlineData(24, 16, "has a projection, which the kernel does not have")]
    [InlineData(24, 20, "normalizes its gates, which the kernel does not")]
    public void An_LSTM_has_one_form(int inputs, int extra, string? message)
    {
        var builder = new ModelBuilder();
        ModelTensor F(string name, params int[] shape) => SupportCases.Zeros(builder, name, shape, TensorType.Float32);
        var operands = new ModelTensor?[inputs];
        operands[0] = builder.Input("x", [1, 5, 3], TensorType.Float32);
        for (int i = 1; i < 9; i++)
            operands[i] = F($"w{i}", 4, i < 5 ? 3 : 4);
        for (int i = 12; i < 16; i++)
            operands[i] = F($"b{i}", 4);
        operands[18] = builder.Variable("h", [1, 4], TensorType.Float32);
        operands[19] = builder.Variable("c", [1, 4], TensorType.Float32);
        if (extra >= 0)
            operands[extra] = F("extra", 4);
        SupportCases.Add(builder, "UNIDIRECTIONAL_SEQUENCE_LSTM", operands, [builder.Tensor("o", [1, 5, 4], TensorType.Float32)], options =>
            options.Byte(0, extra == -2 ? 0 : Tanh));

        Check(builder, message);
    }

    [Fact]
    public void Sparse_and_short_constants_and_types_without_a_size_are_named()
    {
        ModelBuilder builder = FullyConnected(Symmetric, [1, 8], [4, 8], [1, 4]);
        ModelTensor weights = builder.Tensors.Single(tensor => tensor.Name == "w");
        weights.Data = new byte[20];
        Check(builder, "('w') of subgraph 0 is a constant of 20 B where shape and type say 32 B; kernels read past its end");
        weights.Sparsity = new FlatTableNode();
        Check(builder, "('w') of subgraph 0 is stored sparse, which the interpreter reads as if it were dense");
        weights.Sparsity = null;
        weights.Data = new byte[32];
        builder.Tensor("text", [1], TensorType.String);
        Check(builder, "('text') of subgraph 0 has the type STRING, whose size the interpreter does not know");
    }

    [Theory]
    [InlineData("FlexErf",
        "is an operator of TensorFlow itself (Select TF ops), which the interpreter does not have; the interpreter will refuse or misrun the model; "
        + "convert with built-in operators only")]
    [InlineData("TensorListReserve", "works on lists of tensors, which the interpreter does not have")]
    [InlineData("FlexTensorListStack", "works on lists of tensors")]
    [InlineData("SELECT",
        "is not an operator that the interpreter has; the interpreter will refuse or misrun the model; convert with a newer converter, which writes "
        + "SELECT_V2")]
    public void What_cannot_be_registered_gets_one_diagnostic_with_its_cure(string kind, string message)
    {
        var builder = new ModelBuilder();
        SupportCases.Add(builder, kind, [builder.Input("x", [1, 8])], [builder.Tensor("o", [1, 8])]);
        var allocator = new TinyReorder.Runtimes.Tflm.TflmAllocator(TfliteModel.Load(builder.Build(), "m.tflite"),
            TinyReorder.Runtimes.RuntimeProfile.Find("reference"));

        TinyReorder.Runtimes.Tflm.TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());

        Assert.Contains(message, Assert.Single(allocation.Diagnostics).Message, StringComparison.Ordinal);
        Assert.False(allocation.Exact);
    }

    private static ModelBuilder Depthwise(int multiplier, bool hasBias)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 4, 4, 4]), weights = SupportCases.Zeros(builder, "w", [1, 3, 3, 8], TensorType.Int8, Symmetric);
        ModelTensor[] bias = hasBias ? [SupportCases.Zeros(builder, "bias", [8], TensorType.Int32, Product)] : [];
        SupportCases.Add(builder, "DEPTHWISE_CONV_2D", [x, weights, .. bias], [builder.Tensor("o", [1, 4, 4, 8])], options => options.Int32(3, multiplier));
        return builder;
    }

    private static ModelBuilder FullyConnected(Quantization filter, int[] input, int[] weights, int[] output)
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", input), w = SupportCases.Zeros(builder, "w", weights, TensorType.Int8, filter);
        ModelTensor bias = SupportCases.Zeros(builder, "bias", [output[^1]], TensorType.Int32, Product);
        SupportCases.Add(builder, "FULLY_CONNECTED", [x, w, bias], [builder.Tensor("o", output)]);
        return builder;
    }

    private static void Check(ModelBuilder builder, string? message, string kernels = "reference")
    {
        string[] refusals = SupportCases.Refusals(builder, kernels);
        if (message is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }
}

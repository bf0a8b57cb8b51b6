using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>The LSTM until the end of 2022, which had more forms, and that of CMSIS-NN in 2023.</summary>
public class OlderLstmTests
{
    private const int Tanh = 4;

    [Theory]
    [InlineData("tflm-reference-172aa57", 20, "", null)]
    [InlineData("tflm-reference-b766947", 20, "", "has 20 inputs; the kernel takes the newer form with 24")]
    [InlineData("tflm-reference-172aa57", 21, "", "has 21 inputs; the kernel takes 20 or 24")]
    [InlineData("tflm-cmsis-nn-dsp-e98ee09", 24, "-1 -5 -12", null)]
    [InlineData("tflm-reference-172aa57", 24, "-1", "has an input gate in part")]
    [InlineData("tflm-reference-172aa57", 24, "-4", "lacks weights or biases")]
    [InlineData("tflm-reference-172aa57", 24, "9 10 11", null)]
    [InlineData("tflm-reference-172aa57", 24, "10", "has peephole connections in part")]
    [InlineData("tflm-reference-172aa57", 24, "17", "has the bias of a projection without its weights")]
    [InlineData("tflm-reference-172aa57", 24, "20 21 22 23", null)]
    [InlineData("tflm-reference-172aa57", 24, "21 22", "normalizes its gates in part")]
    [InlineData("tflm-reference-172aa57", 24, "16", null)]
    [InlineData("arduino-cmsis-nn-dsp-7948b85", 24, "", null)]
    [InlineData("arduino-cmsis-nn-dsp-7948b85", 20, "", "has 20 inputs; the kernel takes the newer form with 24")]
    public void Forms_by_version(string profile, int inputs, string changes, string? message)
    {
        var builder = new ModelBuilder();
        ModelTensor?[] operands = Operands(builder, TensorType.Float32, inputs);
        foreach (int change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse))
            operands[Math.Abs(change)] = change < 0 ? null : SupportCases.Zeros(builder, $"extra{change}", change == 16 ? [4, 4] : [4], TensorType.Float32);
        Add(builder, operands, TensorType.Float32);

        Check(builder, profile, message);
    }

    [Fact]
    public void Sizes_of_states_and_weights_go_together()
    {
        var builder = new ModelBuilder();
        ModelTensor?[] operands = Operands(builder, TensorType.Float32, 24);
        operands[19] = builder.Variable("c2", [1, 5], TensorType.Float32);
        Add(builder, operands, TensorType.Float32);

        Check(builder, "tflm-reference-172aa57", "has weights, states or an output that do not go with 4 units and the input [1, 5, 3]");
    }

    [Fact]
    public void A_state_that_is_no_variable_is_refused()
    {
        var builder = new ModelBuilder();
        ModelTensor?[] operands = Operands(builder, TensorType.Float32, 24);
        operands[18] = builder.Input("h2", [1, 4], TensorType.Float32);
        Add(builder, operands, TensorType.Float32);

        Check(builder, "tflm-reference-a3e7bdad", "has a state that is no variable tensor");
    }

    [Theory]
    [InlineData("tflm-reference-172aa57", 5, null)]
    [InlineData("tflm-reference-172aa57", 0, "has 0 intermediate tensors; the kernel takes 5 for INT8")]
    [InlineData("tflm-reference-b766947", 0, null)]
    [InlineData("tflm-cmsis-nn-dsp-bfc54ed", 5, null)]
    [InlineData("tflm-cmsis-nn-dsp-bfc54ed", 0, "has no five intermediate tensors with scales, which the kernel reads")]
    [InlineData("tflm-cmsis-nn-dsp-22080c6", 0, null)]
    public void An_int8_LSTM_has_intermediate_tensors(string profile, int count, string? message)
    {
        var builder = new ModelBuilder();
        ModelOperator added = Add(builder, Operands(builder, TensorType.Int8, 24), TensorType.Int8);
        added.Intermediates = [.. Enumerable.Range(0, count).Select(i => builder.Tensor($"between{i}", [0], TensorType.Int16, new Quantization(0.5f, 0)))];

        Check(builder, profile, message);
    }

    private static ModelTensor?[] Operands(ModelBuilder builder, TensorType type, int count)
    {
        bool isFloat = type == TensorType.Float32;
        var symmetric = new Quantization(0.5f, 0);
        ModelTensor Zeros(string name, int[] shape, TensorType integer) =>
            SupportCases.Zeros(builder, name, shape, isFloat ? TensorType.Float32 : integer, isFloat ? null : symmetric);
        var operands = new ModelTensor?[count];
        operands[0] = builder.Input("x", [1, 5, 3], type);
        for (int i = 1; i < 9; i++)
            operands[i] = Zeros($"w{i}", [4, i < 5 ? 3 : 4], TensorType.Int8);
        for (int i = 12; i < 16; i++)
            operands[i] = Zeros($"b{i}", [4], TensorType.Int32);
        operands[18] = builder.Variable("h", [1, 4], type);
        operands[19] = builder.Variable("c", [1, 4], isFloat ? type : TensorType.Int16, isFloat ? null : new Quantization(1f / 2048, 0));
        return operands;
    }

    private static ModelOperator Add(ModelBuilder builder, ModelTensor?[] operands, TensorType type) =>
        SupportCases.Add(builder, "UNIDIRECTIONAL_SEQUENCE_LSTM", operands, [builder.Tensor("o", [1, 5, 4], type)], options => options.Byte(0, Tanh));

    private static void Check(ModelBuilder builder, string profile, string? message)
    {
        string[] refusals = SupportCases.Refusals(builder, profile);
        if (message is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }
}

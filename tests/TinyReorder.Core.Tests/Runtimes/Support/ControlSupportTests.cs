using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>What IF and WHILE copy to and from the subgraphs that they call.</summary>
public class ControlSupportTests
{
    [Theory]
    [InlineData(4, 4, nameof(TensorType.Bool), null)]
    [InlineData(4, 5, nameof(TensorType.Bool),
        "passes INT8 [1, 5] out of its body, where it is INT8 [1, 4]; Invoke fails; the interpreter will refuse or misrun the model; export the model with "
        + "fixed shapes")]
    [InlineData(5, 4, nameof(TensorType.Bool), "passes INT8 [1, 4] into its body, where it is INT8 [1, 5]; Invoke fails")]
    [InlineData(4, 4, nameof(TensorType.Int8), "has a condition that gives no BOOL")]
    public void A_loop_keeps_the_sizes_of_what_it_carries(int bodyInput, int bodyOutput, string answerName, string? message)
    {
        TensorType answer = Enum.Parse<TensorType>(answerName);
        var builder = new ModelBuilder();
        SubgraphBuilder condition = builder.Subgraph("condition"), body = builder.Subgraph("body");
        condition.Input("x", [1, 4]);
        condition.Output(condition.Constant("stop", [1], answer, [0]));
        ModelTensor state = body.Input("x", [1, bodyInput]);
        body.Output(bodyInput == bodyOutput ? state : body.Tensor("y", [1, bodyOutput]));
        builder.Output([.. builder.While(condition, body, builder.Input("x", [1, 4]))]);

        Check(builder, message);
    }

    [Theory]
    [InlineData(nameof(TensorType.Bool), 4, null)]
    [InlineData(nameof(TensorType.Int32), 4, "has a condition that is no single BOOL")]
    [InlineData(nameof(TensorType.Bool), 5, "passes INT8 [1, 4] into its else branch, where it is INT8 [1, 5]; Invoke fails")]
    public void A_branch_takes_what_it_is_given(string answerName, int other, string? message)
    {
        TensorType answer = Enum.Parse<TensorType>(answerName);
        var builder = new ModelBuilder();
        SubgraphBuilder then = builder.Subgraph("then"), otherwise = builder.Subgraph("else");
        then.Output(then.Input("x", [1, 4]));
        otherwise.Output(otherwise.Input("x", [1, other]));
        builder.Output([.. builder.If(builder.Input("c", [1], answer), then, otherwise, builder.Input("x", [1, 4]))]);

        Check(builder, message);
    }

    private static void Check(ModelBuilder builder, string? message)
    {
        string[] refusals = SupportCases.Refusals(builder);
        if (message is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }
}

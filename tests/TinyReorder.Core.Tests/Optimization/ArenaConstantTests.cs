using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

public class ArenaConstantTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("0", 0)]
    [InlineData("1", 16)]
    [InlineData("16", 16)]
    [InlineData("512", 512)]
    [InlineData(" 513 ", 528)]
    [InlineData("0%", 0)]
    [InlineData("100%", -100)]
    [InlineData("12.5 %", -12.5)]
    [InlineData("1000%", -1000)]
    public void A_margin_is_bytes_or_a_share_rounded_up_to_16(string? given, double expected)
    {
        OptimizationResult result = Optimize(Simple(), new OptimizationRequest { ArenaMargin = given });
        long arena = result.Arena.ArenaBytes;
        long margin = expected >= 0 ? (long)expected : (((long)Math.Ceiling(arena * -expected / 100) + arena + 15) / 16 * 16) - arena;
        Assert.Equal((arena, 0, margin, arena + margin),
            (result.Constant.ArenaBytes, result.Constant.ResourceVariableBytes, result.Constant.MarginBytes, result.Constant.Bytes));
        Assert.Equal(margin > 0,
            SummaryText.Of(result)
            .Any(line => line.EndsWith($"constant {arena + margin:N0} B: arena {arena:N0} B + margin {margin:N0} B", StringComparison.Ordinal)));
        Assert.Equal((arena + margin, margin), (GeneratedOutput.Describe(result, "m").ArenaBytes, GeneratedOutput.Describe(result, "m").MarginBytes));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("%")]
    [InlineData("-5%")]
    [InlineData("1000.1%")]
    [InlineData("5%%")]
    [InlineData("1,000")]
    [InlineData("2147483648")]
    [InlineData("99999999999999999999999999999999%")]
    public void What_is_no_margin_is_refused(string given)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Optimize(Simple(), new OptimizationRequest { ArenaMargin = given })).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.Contains("ArenaMargin", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short-enums", null)]
    [InlineData("int-enums", "512")]
    public void What_lies_below_what_is_kept_is_free_between_two_inferences(string abi, string? margin)
    {
        var request = new OptimizationRequest { Runtime = "tflm@2026-08", Abi = abi, ArenaMargin = margin };
        OptimizationResult result = Optimize(Simple(), request);
        long free = result.Constant.Bytes - result.Arena.PersistentBytes;
        Assert.Equal(free / 16 * 16, result.Constant.LendableBytes);
        Assert.True(result.Constant.LendableBytes >= result.Arena.PlannedBytes + result.Arena.ScratchBytes);
        Assert.Equal(result.Constant.LendableBytes, GeneratedOutput.Describe(result, "m").LendableBytes);
        // Where the ABI is open, what the larger one keeps counts.
        Assert.True(Optimize(Simple(), request with { Abi = null, ArenaMargin = null }).Constant.LendableBytes > 0);
    }

    [Fact]
    public void Nothing_is_lent_where_inputs_are_kept_or_the_tail_is_not_known()
    {
        Assert.Null(Optimize(Simple(), new OptimizationRequest { KeepInputs = "true" }).Constant.LendableBytes);
        Assert.Null(Optimize(WithCustomOperator(), new OptimizationRequest()).Constant.LendableBytes);
        Assert.Null(Optimize(Simple(), new OptimizationRequest { Runtime = "none" }).Constant.LendableBytes);
        Assert.DoesNotContain("Lendable", Header(new OptimizationRequest { KeepInputs = "true" }), StringComparison.Ordinal);
        Assert.Contains("kMLendableBytes", Header(new OptimizationRequest()), StringComparison.Ordinal);

        static string Header(OptimizationRequest request)
        {
            using MemoryStream stream = new();
            new CodeGenerator().WriteHeader(GeneratedOutput.Describe(Optimize(Simple(), request), "m"), stream);
            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    [Fact]
    public void An_arena_that_is_not_exact_has_a_margin_unless_the_user_says_none()
    {
        OptimizationResult bound = Optimize(WithCustomOperator(), new OptimizationRequest());
        Assert.False(bound.Arena.Exact);
        Assert.InRange(bound.Constant.Bytes, bound.Arena.ArenaBytes * 1.05, (bound.Arena.ArenaBytes * 1.05) + 16);
        Assert.Equal(bound.Arena.ArenaBytes, Optimize(WithCustomOperator(), new OptimizationRequest { ArenaMargin = "0" }).Constant.Bytes);
        Assert.Equal(0, Optimize(WithCustomOperator(), new OptimizationRequest { Runtime = "none" }).Constant.MarginBytes);
    }

    [Fact]
    public void Resource_variables_are_in_the_constant_only_where_they_share_the_arena()
    {
        OptimizationResult separate = Optimize(WithVariable(), new OptimizationRequest());
        OptimizationResult shared = Optimize(WithVariable(), new OptimizationRequest { ResourceVariables = "Shared", ArenaMargin = "32" });
        long bytes = separate.Arena.ResourceVariableBytes;
        Assert.InRange(bytes, 16, 64); // 12 + 20 for one variable, and what the steps of 16 make of it
        Assert.Equal((separate.Arena.ArenaBytes, 0L), (separate.Constant.Bytes, separate.Constant.ResourceVariableBytes));
        Assert.Equal((separate.Arena.ArenaBytes, bytes, 32L), (shared.Arena.ArenaBytes, shared.Constant.ResourceVariableBytes, shared.Constant.MarginBytes));
        Assert.Equal(separate.Arena.ArenaBytes + bytes + 32, shared.Constant.Bytes);
        Assert.Contains("does not hold the model's resource variables", Header(separate), StringComparison.Ordinal);
        Assert.Contains($"It holds the model's resource variables, {bytes} B", Header(shared), StringComparison.Ordinal);
        Assert.DoesNotContain("resource variables", Header(Optimize(Simple(), new OptimizationRequest())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_board_has_to_hold_the_margin_too()
    {
        OptimizationResult fits = Optimize(Simple(), new OptimizationRequest { Board = "stm32f103" });
        Assert.True(fits.Succeeded);
        OptimizationResult tooMuch = Optimize(Simple(), new OptimizationRequest { Board = "stm32f103", ArenaMargin = "20480" });
        Assert.Contains(tooMuch.Diagnostics,
            diagnostic => diagnostic.Code == DiagnosticCodes.ArenaExceedsSram && diagnostic.Message.Contains($"{tooMuch.Constant.Bytes:N0} B"));
        Assert.False(tooMuch.Board!.Fits);
    }

    /// <summary>
    /// By hand, for RELU on 1x4x4x16 int8 with reference kernels. Tensors, and what the planner needs: 2 * 256; A16(12 * 12 + 4 + 24 * 2) + 40 * 2. Kept,
    /// each from the end down: 16 + 32 + 44 + 36 + 8 = 136, subgraph 8, tensors 24, operator 32 = 200; RELU 28 on 16 = 240; input and output each a pointer 4
    /// on 16, then 32 + 12 + 8: 308 and 376, so 384.
    /// </summary>
    [Fact]
    public void Two_arenas_are_what_each_of_them_needs()
    {
        ArenaConstant constant = Optimize(Simple(), new OptimizationRequest { Overlap = "none" }).Constant;
        Assert.Equal((512L, 384L), (constant.NonPersistentBytes, constant.PersistentBytes));
        ArenaConstant more = Optimize(Simple(), new OptimizationRequest { ArenaMargin = "10%", Overlap = "none" }).Constant;
        Assert.Equal((576L, 432L), (more.NonPersistentBytes, more.PersistentBytes));
        ArenaConstant plain = Optimize(Simple(), new OptimizationRequest { Runtime = "none" }).Constant;
        Assert.Equal((null, null), (plain.NonPersistentBytes, plain.PersistentBytes));
    }

    [Fact]
    public void The_second_of_two_arenas_holds_shared_resource_variables()
    {
        ArenaConstant separate = Optimize(WithVariable(), new OptimizationRequest()).Constant,
            shared = Optimize(WithVariable(), new OptimizationRequest { ResourceVariables = "shared" }).Constant;
        Assert.Equal(separate.NonPersistentBytes, shared.NonPersistentBytes);
        Assert.InRange(shared.PersistentBytes!.Value - separate.PersistentBytes!.Value, 16, 64);
    }

    [Theory]
    [InlineData(null, DiagnosticSeverity.Warning)]
    [InlineData("false", DiagnosticSeverity.Warning)]
    [InlineData("True", DiagnosticSeverity.Error)]
    public void Strict_makes_what_the_interpreter_refuses_an_error(string? strict, DiagnosticSeverity expected)
    {
        OptimizationResult result = Optimize(WithTile(), new OptimizationRequest { Strict = strict });
        Assert.Equal(expected, Assert.Single(result.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.RuntimeRefuses).Severity);
        Assert.Equal(expected != DiagnosticSeverity.Error, result.Succeeded);
        Assert.All(result.Diagnostics.Where(diagnostic => diagnostic.Code != DiagnosticCodes.RuntimeRefuses), diagnostic =>
            Assert.NotEqual(DiagnosticSeverity.Error, diagnostic.Severity));
    }

    private static string Header(OptimizationResult result)
    {
        using var stream = new MemoryStream();
        new CodeGenerator().WriteHeader(GeneratedOutput.Describe(result, "m"), stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static OptimizationResult Optimize(byte[] model, OptimizationRequest request) =>
        ModelOptimizer.Optimize(TfliteModel.Load(model, "m.tflite"), request with { Abi = request.Abi ?? "short-enums" });

    private static byte[] Simple()
    {
        var model = new ModelBuilder();
        model.Output(model.Relu(model.Input("x", [1, 4, 4, 16])));
        return model.Build();
    }

    private static byte[] WithVariable()
    {
        var model = new ModelBuilder();
        ModelTensor x = model.Input("x", [1, 16]), handle = model.VarHandle("state");
        ModelTensor sum = model.Add(x, model.ReadVariable(handle, [1, 16]));
        model.AssignVariable(handle, sum);
        model.Output(sum);
        return model.Build();
    }

    private static byte[] WithCustomOperator()
    {
        var model = new ModelBuilder();
        ModelTensor y = model.Tensor("y", [1, 64]);
        model.Custom("MyOperator", [model.Input("x", [1, 64])], [y], [1]);
        model.Output(y);
        return model.Build();
    }

    private static byte[] WithTile()
    {
        var model = new ModelBuilder();
        model.Output(model.Operator("TILE", [model.Input("x", [1, 16]), model.Int32s("multiples", 1, 2)], [1, 32]));
        return model.Build();
    }
}

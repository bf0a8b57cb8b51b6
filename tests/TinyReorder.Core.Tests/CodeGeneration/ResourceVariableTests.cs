using System.Globalization;
using TinyReorder.CodeGeneration;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>What a program is told of the resource variables of a streaming model.</summary>
public sealed class ResourceVariableTests : IDisposable
{
    private readonly CompilerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, 160)]
    [InlineData(2, 176)]
    [InlineData(3, 192)]
    [InlineData(6, 256)]
    [InlineData(20, 528)]
    [InlineData(64, 1408)]
    public void An_arena_of_their_own_holds_an_allocator_and_the_variables(int count, long bytes)
    {
        OptimizationResult result = Optimized(count);

        Assert.Equal((count, bytes, bytes),
            (result.Arena.ResourceVariableCount, result.Arena.ResourceVariableArenaBytes, result.Constant.ResourceVariableArenaBytes));
    }

    [Fact]
    public void The_arena_is_the_largest_where_the_version_is_not_known()
    {
        OptimizationResult unknown = Optimized(3, "tflm@1999-01");

        Assert.True(unknown.Constant.ResourceVariableArenaBytes >= Optimized(3).Constant.ResourceVariableArenaBytes);
        Assert.True(unknown.Constant.UsedBytes >= unknown.Arena.UsedBytes);
    }

    [SkippableTheory]
    [InlineData("separate", "variable_arena[kKwsResourceVariableArenaSize]")]
    [InlineData("shared", "interpreter(model, resolver, allocator, variables)")]
    public void The_header_has_count_and_size_and_the_lines_that_create_them(string where, string line)
    {
        OptimizationResult result = Optimized(2, variables: where);
        string header = Samples.Header(GeneratedOutput.Describe(result, "kws"));

        Assert.Contains(line, header, StringComparison.Ordinal);
        Assert.Contains("#define KWS_RESOURCE_VARIABLE_COUNT 2\n", header, StringComparison.Ordinal);
        Assert.Contains("#define KWS_RESOURCE_VARIABLE_ARENA_SIZE 176\n", header, StringComparison.Ordinal);
        long used = where == "shared" ? result.Arena.SharedUsedBytes : result.Arena.UsedBytes;
        Assert.Contains($"#define KWS_ARENA_USED_BYTES {used.ToString(CultureInfo.InvariantCulture)}\n", header, StringComparison.Ordinal);
        Assert.Contains("Invoke may write over the inputs", header, StringComparison.Ordinal);
        folder.Write("kws.h", header);
        folder.Write("main.cc",
            "#include \"kws.h\"\nstatic_assert(kKwsResourceVariableCount == 2 && kKwsResourceVariableArenaSize == 176 && kKwsArenaUsedBytes > 0, "
            + "\"\");\nint main() { return 0; }\n");
        folder.Run("g++", $"-std=c++11 {CompilerFolder.Strict} -c main.cc");
    }

    [Fact]
    public void Inputs_that_are_kept_are_said_to_be()
    {
        OptimizationResult result = ModelOptimizer.Optimize(Model(1),
            new OptimizationRequest { Runtime = "tflm@2026-08", Abi = "short-enums", KeepInputs = "true" });

        string header = Samples.Header(GeneratedOutput.Describe(result, "kws"));
        Assert.Contains("Invoke leaves the inputs as they are", header, StringComparison.Ordinal);
        Assert.DoesNotContain("may write over", header, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_used_is_head_and_tail_and_rounded_up_the_arena_where_the_planner_needs_no_more()
    {
        OptimizationResult result = Optimized(2);

        Assert.Equal(result.Arena.PlannedBytes + result.Arena.ScratchBytes + result.Arena.PersistentBytes, result.Arena.UsedBytes);
        // The variables take 12 and 20 B each; steps of 16 take in up to 15 B of it.
        Assert.InRange(result.Arena.SharedUsedBytes - result.Arena.UsedBytes, 12 + (2 * 20) - 15, 12 + (2 * 20) + 15);
        Assert.True(result.Arena.UsedBytes <= result.Arena.ArenaBytes);
    }

    private static OptimizationResult Optimized(int count, string runtime = "tflm@2026-08", string variables = "separate") =>
        ModelOptimizer.Optimize(Model(count), new OptimizationRequest { Runtime = runtime, Abi = "short-enums", ResourceVariables = variables });

    private static TfliteModel Model(int count)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, 16]), sum = x;
        for (int i = 0; i < count; i++)
        {
            ModelTensor handle = b.VarHandle("v" + i.ToString(CultureInfo.InvariantCulture));
            sum = b.Add(sum, b.ReadVariable(handle, [1, 16]));
            b.AssignVariable(handle, sum);
        }
        b.Output(sum);
        return TfliteModel.Load(b.Build(), "kws.tflite");
    }
}

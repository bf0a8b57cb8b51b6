using System.Text;
using System.Text.RegularExpressions;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>
/// The program for the board, compiled against a stand-in for TensorFlow Lite Micro and run; its log is read by what judges those of boards.
/// </summary>
public sealed class SelfTestTests : IDisposable
{
    private static readonly string StandIn = RepositoryFiles.PathOf("tests/TinyReorder.Core.Tests/CodeGeneration/standin");

    private readonly CompilerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_holds_both_models_whole_and_is_the_same_each_time()
    {
        OptimizationResult result = Optimized(Branched);
        string text = Text(result);

        Assert.NotEqual(result.Model.Bytes, result.OptimizedModel);
        Assert.Equal(result.Model.Bytes, ArrayOf(text, "original_bytes"));
        Assert.Equal(result.OptimizedModel, ArrayOf(text, "generated_bytes"));
        Assert.Equal(text, Text(Optimized(Branched)));
        Assert.DoesNotContain("{{", text.Replace("= {{", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.All(text, c => Assert.True(c is '\n' or (>= ' ' and <= '~')));
        Assert.Contains($"\"generated\", generated_bytes, kShortEnums ? {result.Arena.ArenaBytes}u : ", text, StringComparison.Ordinal);
        Assert.Contains($"\"original\", original_bytes, kShortEnums ? {result.Plans[0].ArenaBytes}u : ", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_model_that_stays_as_it_is_lies_in_flash_once()
    {
        OptimizationResult same = ModelOptimizer.Optimize(Model(Branched), new OptimizationRequest { Plan = "device", Order = "file" });

        Assert.Equal(same.Model.Bytes, same.OptimizedModel);
        Assert.Single(Regex.Matches(Text(same), @"\[\] TINYREORDER_MODEL_ATTRIBUTES"));
        Assert.True(Run(same, "c++11", "-DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012", out int exitCode).AnswersAreEqual);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public void A_hostile_profile_name_stays_inside_of_its_literal()
    {
        SelfTest test = SelfTest.Of(Optimized(Branched), "kws", Optimized(Branched).Profile) with
        {
            Profile = "x\");abort();(\"\n*/",
            KernelLibrary = "a b\\"
        };
        string text = Written(test);

        Assert.Contains("\"profile\", \"x___abort______", text, StringComparison.Ordinal);
        Assert.Contains("\"kernels\", \"a_b_\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_runtime_there_is_no_selftest()
    {
        OptimizationResult result = ModelOptimizer.Optimize(Model(Branched), new OptimizationRequest { Runtime = "none" });

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => SelfTest.Of(result, "kws", result.Profile)).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
    }

    [SkippableTheory]
    [InlineData("c++11", "")]
    [InlineData("c++14", "")]
    [InlineData("c++17", "")]
    [InlineData("c++17", "-DSTANDIN_ERROR_REPORTER")]
    public void On_a_library_that_needs_what_it_uses_the_search_ends_there(string standard, string definitions)
    {
        SelfTestVerdict verdict = Run(Optimized(Branched), standard, definitions + " -DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012", out int exitCode);

        Assert.Equal(0, exitCode);
        Assert.True(verdict.Log.HasEnded && verdict.AnswersAreEqual == true);
        Assert.Equal((3, 3, 0), (verdict.Log.Compared, verdict.Log.Equal, verdict.Log.DamagedLines));
        Assert.Equal((1024L, 1012L), (verdict.Log.Generated.SmallestArenaBytes, verdict.Log.Generated.UsedBytes));
        Assert.Equal(1024, verdict.Log.Original.SmallestArenaBytes);
        Assert.Equal(4, verdict.Log.Sizes["enum"].Bytes);
        Assert.Equal("int-enums", verdict.Log.Abi);
        Assert.Equal("plain", verdict.Log.Build["platform"]);
    }

    [SkippableFact]
    public void A_library_that_needs_more_than_it_uses_is_searched_from_above()
    {
        SelfTestVerdict verdict = Run(Optimized(Branched), "c++11", "-DSTANDIN_NEEDED=3000 -DSTANDIN_USED=1012", out _);

        Assert.Equal(3008, verdict.Log.Generated.SmallestArenaBytes);
    }

    [SkippableFact]
    public void An_arena_in_which_the_answers_change_does_not_count_as_one_that_works()
    {
        SelfTestVerdict verdict = Run(Optimized(Branched), "c++11", "-DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012 -DSTANDIN_OVERWRITES_BELOW=2000", out _);

        Assert.Equal(2000, verdict.Log.Generated.SmallestArenaBytes);
    }

    [SkippableFact]
    public void A_crash_leaves_a_log_that_tells_the_size_and_what_to_define()
    {
        const string crash = "-DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012 -DSTANDIN_CRASH_BELOW=2048";
        SelfTestVerdict verdict = Run(Optimized(Branched), "c++11", crash, out int exitCode);

        Assert.NotEqual(0, exitCode);
        Assert.Equal((false, null), (verdict.Log.HasEnded, verdict.Log.Generated.SmallestArenaBytes));
        Assert.True(verdict.CrashedAtBytes is >= 1024 and < 2048 && verdict.Log.Generated.WorkingArenaBytes >= 2048);
        Diagnostic diagnostic = Assert.Single(verdict.Diagnostics);
        Assert.Equal((DiagnosticCodes.SelfTestFailed, DiagnosticSeverity.Error), (diagnostic.Code, diagnostic.Severity));
        Assert.Contains($"TINYREORDER_LEAST_ARENA_BYTES={verdict.CrashedAtBytes + 16}", diagnostic.Message, StringComparison.Ordinal);

        SelfTestVerdict again = Run(Optimized(Branched), "c++11", crash + " -DTINYREORDER_LEAST_ARENA_BYTES=2048", out exitCode);
        Assert.Equal((0, true, 2048L), (exitCode, again.Log.HasEnded, again.Log.Generated.SmallestArenaBytes));
    }

    [SkippableFact]
    public void A_crash_right_below_the_computed_arena_is_as_good_as_a_failure()
    {
        OptimizationResult result = Optimized(Branched);
        // The stand-in has enums of four bytes.
        long needed = SelfTest.Of(result, "kws", result.Profile).GeneratedPredictions.First(prediction => prediction.Abi == "int-enums").ArenaBytes;
        SelfTestVerdict verdict = Run(result, "c++11", $"-DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012 -DSTANDIN_CRASH_BELOW={needed}", out int exitCode);

        Assert.NotEqual(0, exitCode);
        Assert.Equal((needed, needed - 16), (verdict.Log.Generated.SmallestArenaBytes, verdict.CrashedAtBytes));
        Assert.Equal((true, 0L), (verdict.IsGood, verdict.ArenaDifferenceBytes));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(verdict.Diagnostics).Severity);
    }

    [SkippableFact]
    public void Other_answers_are_told_with_their_first_byte()
    {
        OptimizationResult result = Optimized(Branched);
        SelfTestVerdict verdict = Run(result, "c++11",
            $"-DSTANDIN_DIFFERENT -DSTANDIN_MODEL_BYTES={Math.Min(result.Model.Bytes.Length, result.OptimizedModel.Length)}", out int exitCode);

        Assert.Equal(1, exitCode);
        Assert.False(verdict.AnswersAreEqual);
        Assert.Equal(0, verdict.Log.Equal);
        Assert.StartsWith("run 0, output 0, byte 0: ", verdict.Log.FirstDifference, StringComparison.Ordinal);
        Assert.Equal(DiagnosticCodes.SelfTestFailed, verdict.Diagnostics[0].Code);
    }

    [SkippableFact]
    public void An_arena_that_is_too_small_for_the_models_is_told()
    {
        SelfTestVerdict verdict = Run(Optimized(Branched), "c++11", "-DTINYREORDER_MOST_ARENA_BYTES=1000", out int exitCode);

        Assert.Equal(1, exitCode);
        Assert.Equal((992L, "allocate"), (verdict.Log.ArenaBytes, verdict.Log.Generated.FailedStage));
        Assert.Contains("AllocateTensors failed in an arena of 992 B", verdict.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("-DSTANDIN_ERROR_REPORTER")]
    public void Resource_variables_get_an_arena_of_their_own_and_its_use_is_told(string definitions)
    {
        OptimizationResult result = Optimized(Streaming);
        Assert.Equal(2, result.Arena.ResourceVariableCount);
        SelfTestVerdict verdict = Run(result, "c++11", definitions + " -DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012", out int exitCode);

        Assert.Equal(0, exitCode);
        // On 64 bits the stand-in's object has 4 bytes as well: 128 for the allocator, 16, 40 and what rounds them up.
        Assert.Equal((192L, 176L), (verdict.Log.VariablesUsedBytes, verdict.Log.VariablesPredictedBytes));
    }

    [SkippableTheory]
    [InlineData("const TFLMRegistration")]
    [InlineData("TfLiteRegistration")]
    public void Custom_operators_are_registered_whatever_their_type_is_called(string type)
    {
        OptimizationResult result = Optimized(b =>
        {
            ModelTensor x = b.Input("x", [1, 16]), y = b.Tensor("y", [1, 12]);
            b.Custom("Mine 1", [x], [y], []);
            b.Output(y);
        });
        folder.Write("kws_custom_operators.h",
            $"inline {type}* Mine_1_registration() {{ static {type.Replace("const ", "", StringComparison.Ordinal)} mine = {{7}}; return &mine; }}\n");
        SelfTestVerdict verdict = Run(result, "c++11", $"-DSTANDIN_NEEDED=1024 -DSTANDIN_USED=1012 \"-DSTANDIN_REGISTRATION={type}\"", out int exitCode);

        Assert.Equal((0, true), (exitCode, verdict.AnswersAreEqual));
    }

    private static void Branched(ModelBuilder b)
    {
        ModelTensor x = b.Input("x", [1, 8, 8, 8]), wide = b.Operator("RELU", [x], [1, 8, 8, 64]), narrow = b.Operator("RELU", [x], [1, 8, 8, 8]);
        ModelTensor other = b.Operator("RELU", [x], [1, 8, 8, 64]), small = b.Operator("RELU", [wide], [1, 8, 8, 8]);
        b.Output(b.Add(b.Add(small, b.Operator("RELU", [other], [1, 8, 8, 8])), narrow));
    }

    private static void Streaming(ModelBuilder b)
    {
        ModelTensor x = b.Input("x", [1, 16]), first = b.VarHandle("a"), second = b.VarHandle("b");
        ModelTensor sum = b.Add(b.Add(x, b.ReadVariable(first, [1, 16])), b.ReadVariable(second, [1, 16]));
        b.AssignVariable(first, sum);
        b.AssignVariable(second, x);
        b.Output(sum);
    }

    private static TfliteModel Model(Action<ModelBuilder> build)
    {
        var builder = new ModelBuilder();
        build(builder);
        return TfliteModel.Load(builder.Build(), "kws.tflite");
    }

    private static OptimizationResult Optimized(Action<ModelBuilder> build) =>
        ModelOptimizer.Optimize(Model(build), new OptimizationRequest { Overlap = "diagonal" });

    private static string Text(OptimizationResult result) => Written(SelfTest.Of(result, "kws", result.Profile));

    private static string Written(SelfTest test)
    {
        using var stream = new MemoryStream();
        new CodeGenerator().WriteSelfTest(test, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static byte[] ArrayOf(string text, string name)
    {
        int start = text.IndexOf($"{name}[]", StringComparison.Ordinal), end = text.IndexOf("};", start, StringComparison.Ordinal);
        return Regex.Matches(text[start..end], "0x([0-9a-f]{2})").Select(match => Convert.ToByte(match.Groups[1].Value, 16)).ToArray();
    }

    private SelfTestVerdict Run(OptimizationResult result, string standard, string definitions, out int exitCode)
    {
        folder.Write("kws_selftest.cpp", Text(result));
        folder.Run("g++", $"-std={standard} {CompilerFolder.Strict} -I{StandIn} -I. {definitions} kws_selftest.cpp -o selftest");
        (exitCode, string output, string _) = folder.Start(Path.Combine(folder.Path, "selftest"), "");
        using var log = new MemoryStream(Encoding.ASCII.GetBytes(output));
        return SelfTestVerdict.Of(SelfTestLogReader.Read(log, "board.log"), "board.log");
    }
}

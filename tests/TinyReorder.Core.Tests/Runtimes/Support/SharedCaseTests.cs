using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>Small files made after public reports, with what is right about them.</summary>
public class SharedCaseTests
{
    private static string Cases => Path.Combine(Path.GetDirectoryName(MeasuredArena.Models) ?? "", "cases");

    [SkippableTheory]
    [InlineData("reshape_16000_32.tflite", "TINY3004", "(RESHAPE) of subgraph 0 has 16,000 and 32 elements")]
    [InlineData("image_1x1.tflite", "TINY2013",
        "was converted with the signature [-1, -1, -1, 3], and the file counts its open dimensions as 1: [1, 1, 1, 3]")]
    [InlineData("flex_erf.tflite", "TINY3004", "convert with built-in operators only")]
    [InlineData("fc_weights_zp5.tflite", "TINY3004", "has a zero point other than 0 in input 1")]
    [InlineData("fc_activation_as_weights.tflite", "TINY3004", "has a zero point other than 0 in input 1")]
    public void What_went_wrong_is_said_once(string file, string code, string message)
    {
        Diagnostic diagnostic = Assert.Single(Optimize(Load(Cases, file), new OptimizationRequest { Kernels = "reference" }).Diagnostics);

        Assert.Equal((code, DiagnosticSeverity.Warning), (diagnostic.Code, diagnostic.Severity));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("cases", "vela_like.tflite", 66_016)]
    [InlineData("models", "tflm_person_detect_vela.tflite", 74_944)]
    public void What_Vela_compiled_needs_what_the_interpreter_takes(string folder, string file, long arenaBytes)
    {
        OptimizationResult result = Optimize(Load(folder == "cases" ? Cases : MeasuredArena.Models, file),
            new OptimizationRequest { Kernels = "reference", Abi = "short-enums" });

        Assert.Equal((arenaBytes, true), (result.Constant.Bytes, result.Arena.Exact));
    }

    [SkippableFact]
    public void A_loop_that_fails_in_Invoke_is_named_also_with_a_plan_of_ours()
    {
        OptimizationResult result = Optimize(Load(MeasuredArena.Models, "dtln_while.tflite"),
            new OptimizationRequest { Kernels = "reference", Plan = "offline", SearchSeconds = "0" });

        Assert.Contains(result.Diagnostics,
            diagnostic => diagnostic.Code == "TINY3004" && diagnostic.Message.Contains("joins the shape [1, 1, 1] into [1, 1, 128] along axis 0"));
    }

    private static TfliteModel Load(string folder, string file)
    {
        string path = Path.Combine(folder, file);
        Skip.IfNot(File.Exists(path), $"shared file {file} is not there");
        return TfliteModel.Load(File.ReadAllBytes(path), file);
    }

    private static OptimizationResult Optimize(TfliteModel model, OptimizationRequest request) => ModelOptimizer.Optimize(model, request);
}

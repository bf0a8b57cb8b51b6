using System.Globalization;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Tests.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

/// <summary>The rows of shared/facts/tflm-versions-measured.tsv through the words by which a project names each build.</summary>
public class MeasuredReleaseTests
{
    private const string Refused = "refused";

    private static readonly string File = Path.Combine(MeasuredArena.Models, "..", "facts", "tflm-versions-measured.tsv");

    [SkippableTheory]
    [InlineData("f6c16a2 2021-12 reference", "tflm@2021-12", "reference", "short-enums", null)]
    [InlineData("f6c16a2 2021-12 + CMSIS-NN of CMSIS_5 977abe9 DSP", "tflm@f6c16a2", "cmsis-nn", "short-enums", null)]
    [InlineData("172aa57 2022-12 reference", "tflm@172aa57", null, "short-enums", null)]
    [InlineData("172aa57 2022-12 + CMSIS-NN e98ee09 DSP", "tflm@2022-12", "cmsis-nn-dsp", "short-enums", null)]
    [InlineData("b766947 2023-12 reference", "tflm@2023-12", "reference", "short-enums", null)]
    [InlineData("b766947 2023-12 + CMSIS-NN bfc54ed DSP", "tflm@b766947", "cmsis-nn", "short-enums", null)]
    [InlineData("dc4dcb7 2024-06 reference", "tflm@2024-06", "reference", "short-enums", null)]
    [InlineData("87d5152 2024-12 reference", "tflm@2024-12", "reference", "short-enums", null)]
    [InlineData("87d5152 2024-12 + CMSIS-NN 22080c6 DSP", "tflm@87d5152", "cmsis-nn", "short-enums", null)]
    [InlineData("f5c36ef 2025-12 reference", "tflm@2025-12", "reference", "short-enums", null)]
    [InlineData("f5c36ef 2025-12 + CMSIS-NN e096196 DSP", "tflm@f5c36ef", "cmsis-nn", "short-enums", null)]
    [InlineData("90b983c 2026-08 reference", "tflm@2026-08", "reference", "short-enums", null)]
    [InlineData("90b983c reference, 4-byte enums", "tflm@90b983c", "reference", "int-enums", null)]
    [InlineData("90b983c + CMSIS-NN 4ab83cc DSP", null, null, null, "sfe_edge")]
    [InlineData("tflite-micro-arduino-examples 2023-02 (CMSIS-NN inside)", "tflite-micro-arduino-examples@2023-02", null, null, null)]
    [InlineData("tflite-micro-arduino-examples 2023-02 (CMSIS-NN inside)", null, null, null, "nano33ble")]
    [InlineData("tflite-micro-arduino-examples 2023-02 (CMSIS-NN inside)", "Chirale_TensorFLowLite@2.0.0", null, null, null)]
    [InlineData("esp-tflite-micro 1.4.0 + esp-nn d45b843, 1-byte enums", "esp-tflite-micro@1.4.0", null, "short-enums", null)]
    [InlineData("the same, 4-byte enums (what ESP32 has)", null, null, null, "esp32")]
    [InlineData("the same on RISC-V 32 (4-byte enums)", null, null, null, "esp32-c3-devkitm-1")]
    [InlineData("esp-tflite-micro 1.3.8 + esp-nn 1.2.0, 4-byte enums", "esp-tflite-micro@1.3.8", "esp-nn", null, null)]
    [InlineData("esp-tflite-micro 1.3.3 + esp-nn 1.1.0, 4-byte enums", "esp-tflite-micro@1.3.3", null, null, null)]
    [InlineData("TensorFlowLite_ESP32 (2020 to 2021), 4-byte enums", "TensorFlowLite_ESP32@1.0.0", null, null, null)]
    public void The_arena_is_what_was_measured_and_what_is_refused_is_said(string column, string? runtime, string? kernels, string? abi, string? board)
    {
        Skip.IfNot(System.IO.File.Exists(File), "shared/facts/tflm-versions-measured.tsv is not there");
        string[][] rows = [.. System.IO.File.ReadLines(File).Select(line => line.Split('\t'))];
        int index = Array.FindIndex(rows[0], name => name == column || name == "tflite-micro " + column);
        Assert.True(index > 0, column);

        var wrong = new List<string>();
        foreach (string[] row in rows.Skip(1))
        {
            TfliteModel model = SharedModels.Load(row[0]);
            var request = new OptimizationRequest
            {
                Runtime = runtime,
                Kernels = kernels,
                Abi = abi,
                Board = board,
                Order = "file",
                Plan = "device",
                Overlap = "none",
                SearchSeconds = "0",
            };
            OptimizationResult result = ModelOptimizer.Optimize(model, request);
            // The component was measured without the sources of its signal library, which it has; with them the arena is the one that is said here.
            if (row[index] == Refused && row[0] == "tflm_audio_preprocessor.tflite" && result.Arena.Kernels.StartsWith("esp-nn", StringComparison.Ordinal))
                continue;
            if (row[index] == Refused)
            {
                if (!result.Diagnostics.Any(diagnostic => diagnostic.Code is DiagnosticCodes.RuntimeRefuses or DiagnosticCodes.UnknownOperator))
                    wrong.Add($"{row[0]}: refused without a word");
                continue;
            }
            long measured = long.Parse(row[index], CultureInfo.InvariantCulture), ours = result.Arena.ArenaBytes;
            if (result.Arena.Exact ? ours != measured : ours < measured)
                wrong.Add($"{row[0]}: {ours} for {measured}, exact {result.Arena.Exact}");
            // CMSIS-NN's TRANSPOSE of rank 5 runs and answers wrongly.
            if (result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Code == DiagnosticCodes.RuntimeRefuses
                && !diagnostic.Message.Contains("TRANSPOSE)")) is { } refusal)
                wrong.Add($"{row[0]}: runs, but is said to be refused: {refusal.Message}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}

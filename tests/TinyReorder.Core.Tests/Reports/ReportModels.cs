using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Reports;

/// <summary>The models that reports are tested with.</summary>
internal static class ReportModels
{
    /// <summary>Stands for the shared models where they are missing.</summary>
    public const string None = "(none)";

    /// <summary>The folder with the real models, or null.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("TINYREORDER_MODELS") is { } given
            ? given
            : RepositoryFiles.Ancestors.Select(folder => Path.Combine(folder, "shared", "models")).FirstOrDefault(Directory.Exists);

    /// <summary>The file names of the real models that can be planned.</summary>
    public static TheoryData<string> Shared()
    {
        string[] names = Folder is null
            ? [] : Directory.GetFiles(Folder, "*.tflite").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToArray();
        return [.. names.Length == 0 ? [None] : names];
    }

    /// <summary>The report of a shared model for the usual runtime, or null where the model is refused.</summary>
    public static MemoryReport? TryReport(string model, OptimizationRequest? request = null)
    {
        try
        {
            return Report(File.ReadAllBytes(Path.Combine(Folder!, model)), model, request);
        }
        catch (TinyReorderException e) when (e.Diagnostic.Code != DiagnosticCodes.PlanRejected)
        {
            return null;
        }
    }

    public static MemoryReport Report(byte[] model, string name, OptimizationRequest? request = null) =>
        MemoryReport.Of(ModelOptimizer.Optimize(TfliteModel.Load(model, name), (request ?? new OptimizationRequest()) with { SearchSeconds = "1" }));

    /// <summary>
    /// The example of the student report (operator reordering with tflite-tools): two convolutions, pooling, two dense layers, softmax, in int8.
    /// The flattened tensor shares the pooled one's bytes there, so the dense layer reads it as it is.
    /// </summary>
    public static ModelBuilder StudentExample()
    {
        var b = new ModelBuilder { Name = "student" };
        ModelTensor conv1 = b.Conv2D(b.Input("Conv1_input", [1, 32, 32, 3]), filters: 16, kernel: 3, padding: Padding.Valid, fused: Fused.Relu);
        ModelTensor conv2 = b.Conv2D(conv1, filters: 16, kernel: 3, padding: Padding.Valid, fused: Fused.Relu);
        ModelTensor pooled = b.MaxPool(conv2, kernel: 2, stride: 2, padding: Padding.Valid);
        ModelTensor dense = b.FullyConnected(pooled, units: 128, fused: Fused.Relu);
        b.Output(b.Softmax(b.FullyConnected(dense, units: 10)));
        return b;
    }
}

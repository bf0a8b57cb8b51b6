using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Runtime.Models;

/// <summary>The files that must answer as a model does.</summary>
internal static class ModelVariants
{
    private const int RandomOrderCount = 3;

    /// <summary>
    /// The model itself twice, on memory that held something else: a runtime whose answers then differ does not write them all. Then the model in other
    /// orders and with an offline plan.
    /// </summary>
    public static IReadOnlyList<ModelVariant> Of(TfliteModel model)
    {
        var variants = new List<ModelVariant> { new("the file", model.Bytes, Memory: 0), new("the file on other memory", model.Bytes, Memory: 0xA5) };
        Add("default settings", Optimized(new OptimizationRequest()));
        Add("best order alone", Optimized(new OptimizationRequest { Runtime = "none", Plan = "device" }));
        if (TfliteRewriter.CanAddMetadata(model))
            Add("best order and our plan", Optimized(new OptimizationRequest { Plan = "offline" }));
        for (ulong seed = 1; seed <= RandomOrderCount; seed++)
            Add($"random order {seed}", TfliteRewriter.Rewrite(model, RandomOrders.Of(model, seed)));
        return variants;

        byte[] Optimized(OptimizationRequest request) => ModelOptimizer.Optimize(model, request).OptimizedModel;

        // Models without a choice give the same file again and again.
        void Add(string name, byte[] bytes)
        {
            if (!variants.Any(known => known.Bytes.AsSpan().SequenceEqual(bytes)))
                variants.Add(new(name, bytes));
        }
    }
}

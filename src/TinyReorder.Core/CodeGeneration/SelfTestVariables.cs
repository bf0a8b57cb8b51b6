using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Measuring;

namespace TinyReorder.CodeGeneration;

/// <summary>What the template of the self test can refer to.</summary>
internal static class SelfTestVariables
{
    private const int MostTokenCharacters = 80;

    /// <summary>The variables of a test, by name.</summary>
    public static Dictionary<string, object?> Of(SelfTest test)
    {
        var names = new GeneratedNames(test.Symbol);
        Dictionary<string, object?> variables = OpResolverVariables.Of(test.Symbol, test.OpResolver);
        (string Name, object? Value)[] own =
        [
            ("custom_operators_file", names.CustomOperatorsFile),
            ("invocations", (long)SelfTest.Invocations),
            ("original_bytes", test.Original),
            ("model_bytes", test.Generated),
            ("is_same", test.Original.SequenceEqual(test.Generated)),
            ("original_text", Quantity.Bytes(test.Original.Length)),
            ("model_text", Quantity.Bytes(test.Generated.Length)),
            ("original_sha256", Measurements.Sha256(test.Original)),
            ("model_sha256", Measurements.Sha256(test.Generated)),
            ("original_short_arena_bytes", ArenaOf(test.OriginalPredictions, TargetAbi.ShortEnums)),
            ("original_int_arena_bytes", ArenaOf(test.OriginalPredictions, TargetAbi.IntEnums)),
            ("generated_short_arena_bytes", ArenaOf(test.GeneratedPredictions, TargetAbi.ShortEnums)),
            ("generated_int_arena_bytes", ArenaOf(test.GeneratedPredictions, TargetAbi.IntEnums)),
            ("default_arena_bytes", test.DefaultArenaBytes),
            ("output_bytes", test.OutputBytes),
            ("has_resource_variables", test.ResourceVariableCount > 0),
            ("resource_variable_count", (long)test.ResourceVariableCount),
            ("resource_variable_arena_bytes", test.ResourceVariableArenaBytes),
            ("variable_arena_bytes", test.VariableArenaBytes),
            ("option_structs", OptionStructs.All.ToArray()),
            ("profile_id", Token(test.Profile)),
            ("library", Token(test.Library)),
            ("profile_kernels", Token(test.KernelLibrary)),
            ("plan", Token(test.Plan)),
            ("overlap", Token(test.Overlap)),
            ("predictions", Predictions("original", test.OriginalPredictions).Concat(Predictions("generated", test.GeneratedPredictions)).ToArray()),
        ];
        foreach ((string name, object? value) in own)
            variables[name] = value;
        return variables;
    }

    /// <summary>Where the test knows one ABI only, that has to do for the other.</summary>
    private static long ArenaOf(IReadOnlyList<SelfTestPrediction> predictions, TargetAbi abi) =>
        (predictions.FirstOrDefault(prediction => prediction.Abi == AbiWords.Of(abi)) ?? predictions[0]).ArenaBytes;

    private static IEnumerable<Dictionary<string, object?>> Predictions(string model, IEnumerable<SelfTestPrediction> predictions) =>
        predictions.Select(prediction => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["model"] = model,
            ["abi"] = Token(prediction.Abi),
            ["arena"] = prediction.ArenaBytes,
            ["used"] = prediction.UsedBytes,
            ["exact"] = prediction.Exact ? 1L : 0L,
            ["unplanned"] = prediction.UnplannedArenaBytes ?? 0L,
        });

    /// <summary>A word that is safe in a literal of C and in a line of the log, whatever a profile calls itself.</summary>
    internal static string Token(string text) =>
        new(text.Take(MostTokenCharacters)
            .Select(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '.' or '+' or '@' ? c : '_').ToArray());
}

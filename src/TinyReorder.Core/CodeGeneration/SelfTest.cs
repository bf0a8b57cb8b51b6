using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Planning;
using TinyReorder.Runtimes;
using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// A program for the board that runs a model as it was given and as it was generated, compares the answers and measures the arena. Sizes are bytes.
/// </summary>
internal sealed record SelfTest
{
    /// <summary>How often each model runs in a row.</summary>
    public const int Invocations = 3;

    // Other versions of the library than the profile's were seen to need up to 14 % more.
    private const long LeastRoomBytes = 4096;
    private const int RoomDivisor = 8;
    private const long ArenaAlignmentBytes = 16;

    /// <summary>The model's name in the code (<see cref="SymbolName"/>).</summary>
    public required string Symbol { get; init; }

    /// <summary>The model as it was given.</summary>
    public required byte[] Original { get; init; }

    /// <summary>The model as it was generated.</summary>
    public required byte[] Generated { get; init; }

    /// <summary>The operators, which are the same in both.</summary>
    public required OpResolver OpResolver { get; init; }

    /// <summary>The id of the runtime profile that the predictions are of.</summary>
    public required string Profile { get; init; }

    /// <summary>The library with its version that the profile stands for, such as <c>tflm@2026-08</c>.</summary>
    public required string Library { get; init; }

    /// <summary>The kernel library of the profile.</summary>
    public required string KernelLibrary { get; init; }

    /// <summary>Who places the tensors of the generated model: <c>offline</c> or <c>device</c>.</summary>
    public required string Plan { get; init; }

    /// <summary>What shares memory in the generated model.</summary>
    public required string Overlap { get; init; }

    /// <summary>What is expected of the original.</summary>
    public required IReadOnlyList<SelfTestPrediction> OriginalPredictions { get; init; }

    /// <summary>What is expected of the generated model.</summary>
    public required IReadOnlyList<SelfTestPrediction> GeneratedPredictions { get; init; }

    /// <summary>How many resource variables the model has.</summary>
    public required int ResourceVariableCount { get; init; }

    /// <summary>The smallest arena that holds them alone.</summary>
    public required long ResourceVariableArenaBytes { get; init; }

    /// <summary>What all outputs of the model take together.</summary>
    public required long OutputBytes { get; init; }

    /// <summary>
    /// The arena that both models run in, unless the program says another: what the larger one is computed to need, and room for what another library
    /// needs.
    /// </summary>
    public long DefaultArenaBytes
    {
        get
        {
            long bytes = OriginalPredictions.Concat(GeneratedPredictions).Max(prediction => prediction.ArenaBytes);
            return Aligned(bytes + Math.Max(LeastRoomBytes, bytes / RoomDivisor));
        }
    }

    /// <summary>The arena for resource variables in the test, with room for what another library needs; 0 without any.</summary>
    public long VariableArenaBytes => ResourceVariableCount == 0 ? 0 : Aligned(ResourceVariableArenaBytes + 64 + (16L * ResourceVariableCount));

    /// <summary>The self test of a result.</summary>
    /// <param name="result">What was found for the model.</param>
    /// <param name="symbol">What the model is called in the code.</param>
    /// <param name="profile">The profile that <paramref name="result"/> was found with.</param>
    /// <exception cref="TinyReorderException">The result is of no runtime (TINY5003), or a model cannot be allocated.</exception>
    public static SelfTest Of(OptimizationResult result, string symbol, RuntimeProfile? profile)
    {
        if (profile is null)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption,
                "a selftest runs the model on TensorFlow Lite Micro, but the runtime is 'none'; leave Runtime out") with
            { File = result.Model.Name });
        TfliteModel generated = TfliteModel.Load(result.OptimizedModel, result.Model.Name);
        TfliteSubgraph main = result.Model.Subgraphs[0];
        return new SelfTest
        {
            Symbol = symbol,
            Original = result.Model.Bytes,
            Generated = result.OptimizedModel,
            OpResolver = OpResolver.Of([result.Model, generated]),
            Profile = NameOf(profile),
            Library = result.Arena.Library ?? "",
            KernelLibrary = profile.KernelLibrary,
            Plan = ChoiceWords.Of(result.Arena.Plan),
            Overlap = ChoiceWords.Of(result.Arena.Overlap),
            OriginalPredictions = SelfTestPrediction.All(result.Model, profile),
            GeneratedPredictions = SelfTestPrediction.All(generated, profile),
            ResourceVariableCount = result.Arena.ResourceVariableCount,
            ResourceVariableArenaBytes = result.Arena.ResourceVariableArenaBytes,
            OutputBytes = main.Outputs.Select(output => main.Tensors[output].Bytes).Sum(),
        };
    }

    /// <summary>What a log calls <paramref name="profile"/>: its id, with other characters where a line of the log cannot hold them.</summary>
    public static string NameOf(RuntimeProfile profile) => SelfTestVariables.Token(profile.Id);

    private static long Aligned(long bytes) => Rounding.Up(bytes, ArenaAlignmentBytes);
}

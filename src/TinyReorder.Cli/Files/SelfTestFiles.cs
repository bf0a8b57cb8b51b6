using TinyReorder.CodeGeneration;
using TinyReorder.Optimization;
using TinyReorder.Output;

namespace TinyReorder.Cli.Files;

/// <summary>The file that <c>selftest</c> writes for <paramref name="model"/> into <paramref name="directory"/>.</summary>
internal sealed class SelfTestFiles(string model, string directory, string symbol)
{
    private readonly string path = Path.Combine(directory == "." ? "" : directory, new GeneratedNames(symbol).SelfTestFile);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public IReadOnlyList<WrittenFile> Written { get; private set; } = [];

    /// <summary>Refuses what cannot be meant, before any work.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">The directory has no name, or the file is the model: TINY5003.</exception>
    public void Check() => OutputReport.Check([model], [("--output", string.IsNullOrWhiteSpace(directory) ? directory : path)]);

    /// <summary>Writes the self test of <paramref name="result"/>.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// The result is of no runtime (TINY5003), or the file cannot be written (TINY5006, TINY5009 to TINY5011).
    /// </exception>
    public void Write(OptimizationResult result)
    {
        var test = SelfTest.Of(result, symbol, result.Profile);
        using var outputs = new OwnedOutputs(new OutputOwner(model), symbol);
        outputs.Add(path, stream => new CodeGenerator().WriteSelfTest(test, stream));
        Written = [.. outputs.TakePlace().Select(file => new WrittenFile(file.Path, file.Changed))];
    }
}

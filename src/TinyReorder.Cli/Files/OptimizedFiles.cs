using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Output;

namespace TinyReorder.Cli.Files;

/// <summary>The files that <c>optimize</c> writes for <paramref name="model"/>, the first of them <paramref name="output"/> where it is given.</summary>
internal sealed class OptimizedFiles(string model, string? output)
{
    /// <summary>The directory for the C array and its header; none are written without one.</summary>
    public string? HeaderDirectory { get; init; }

    /// <summary>The name that the generated files and identifiers are made of; by default the model's file name.</summary>
    public string? Symbol { get; init; }

    /// <summary>A template, or a folder with templates, in place of the built-in ones.</summary>
    public string? TemplatePath { get; init; }

    /// <summary>What is generated beside the header.</summary>
    public CodeOptions Code { get; init; } = CodeOptions.Default;

    /// <summary>An option about the C files that the user gave, or null.</summary>
    public string? CodeOption { get; init; }

    /// <summary>The paths that <see cref="Write"/> writes.</summary>
    public IReadOnlyList<string> Paths =>
        [.. HeaderDirectory is null ? [] : CodePaths,
        .. output is null || (IncludedModelPath is { } included && FinalPath.AreSame(included, output)) ? [] : new[] { output }];

    /// <summary>The files that are read beside the model; a folder of templates too, where another may appear.</summary>
    public IEnumerable<string> Templates => GeneratedOutput.TemplateFiles(TemplatePath).Concat(Directory.Exists(TemplatePath) ? [TemplatePath] : []);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    public IReadOnlyList<WrittenFile> Written { get; private set; } = [];

    /// <summary>Refuses what cannot be meant, before any work.</summary>
    /// <param name="inputs">The files that the run reads.</param>
    /// <exception cref="TinyReorderException">
    /// An output would replace another file of this run, an option has nothing to act on, or the symbol is no identifier: TINY5003.
    /// </exception>
    public void Check(IEnumerable<string> inputs)
    {
        if (output is null && HeaderDirectory is null)
            throw BadOption("there is nothing to write: add '--header' DIR for the C files, '--output' OUT.tflite for the model, or both; see 'tinyreorder "
                + "optimize --help'");
        if (output is not null && string.IsNullOrWhiteSpace(output))
            throw BadOption("--output is empty; name the .tflite file to write");
        if (output is not null && FinalPath.AreSame(model, output))
            throw BadOption($"--output names the model itself ('{output}'), which would be lost; name another file");
        if (HeaderDirectory is null && (Symbol ?? TemplatePath ?? CodeOption) is not null)
            throw BadOption($"{(Symbol is not null ? "--symbol" : TemplatePath is not null ? "--template" : CodeOption)} is about the C files, which are "
                + "only written with --header DIR; add it");
        if (HeaderDirectory is not null
            && CodePaths.FirstOrDefault(path => (output is not null && FinalPath.AreSame(path, output) && path != IncludedModelPath)
            || FinalPath.AreSame(path, model)) is { } clash)
            throw BadOption($"'{clash}' would be two files at once; name another --output or --symbol");
        OutputReport.Check([.. inputs, .. Templates], Paths.Select(path => (path == output ? "--output" : "--header", (string?)path)));
    }

    /// <summary>Writes all files of <paramref name="result"/>, or none; each is replaced whole, and only when its content changed.</summary>
    /// <exception cref="TinyReorderException">
    /// A file cannot be written (TINY5006, TINY5011) or is not the model's to replace (TINY5009, TINY5010), or the template is bad (TINY5005).
    /// </exception>
    public void Write(OptimizationResult result)
    {
        // Everything is rendered before anything is written, so that a bad template leaves no file behind.
        IReadOnlyList<(string Path, byte[] Content)> code = HeaderDirectory is null ? [] : Render(GeneratedOutput.Describe(result, Names.Symbol, Code));
        using var outputs = new OwnedOutputs(new OutputOwner(model), RecordName);
        if (output is not null)
            outputs.Add(output, result.OptimizedModel);
        if (IncludedModelPath is { } included && (output is null || !FinalPath.AreSame(included, output)))
            outputs.Add(included, result.OptimizedModel);
        foreach ((string path, byte[] content) in code)
            outputs.Add(path, content);
        Written = [.. outputs.TakePlace().Select(file => new WrittenFile(file.Path, file.Changed))];
    }

    private GeneratedNames Names =>
        new(Symbol ?? SymbolName.FromFileName(string.IsNullOrWhiteSpace(model) ? "model" : model)); // an empty path is refused where it is read

    /// <summary>What the record of the outputs is called after.</summary>
    private string RecordName => HeaderDirectory is null ? Path.GetFileNameWithoutExtension(output!) : Names.Symbol;

    private string HeaderPath => Path.Combine(HeaderDirectory!, Names.HeaderFile);

    private string SourcePath => Path.Combine(HeaderDirectory!, Names.SourceFileOf(Code.Format));

    private string OpResolverPath => Path.Combine(HeaderDirectory!, Names.OpResolverFile);

    /// <summary>The model that the assembler source includes, which has to lie beside it; null where none does.</summary>
    private string? IncludedModelPath =>
        HeaderDirectory is not null && Code.Format == SourceFormat.Incbin ? Path.Combine(HeaderDirectory, Names.ModelFile) : null;

    private IEnumerable<string> CodePaths =>
        new[] { SourcePath, HeaderPath, Code.EmitsOpResolver ? OpResolverPath : null, IncludedModelPath }.OfType<string>();

    private List<(string Path, byte[] Content)> Render(GeneratedModel generated)
    {
        CodeGenerator generator = GeneratedOutput.Generator(TemplatePath, TemplatePath);
        List<(string Path, byte[] Content)> files =
        [
            (SourcePath, Rendered(stream => generator.WriteSource(generated, stream))),
            (HeaderPath, Rendered(stream => generator.WriteHeader(generated, stream))),
        ];
        if (generated.OpResolver is { } resolver)
            files.Add((OpResolverPath, Rendered(stream => generator.WriteOpResolver(generated.Symbol, resolver, stream))));
        return files;
    }

    private static byte[] Rendered(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static TinyReorderException BadOption(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}

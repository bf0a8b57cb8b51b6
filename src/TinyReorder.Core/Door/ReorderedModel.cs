using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;

namespace TinyReorder;

/// <summary>What <see cref="Reorder.Plan"/> found for a model. It never changes.</summary>
public sealed class ReorderedModel
{
    private readonly OptimizationResult result;
    private readonly BoardCatalog boards;

    internal ReorderedModel(OptimizationResult result, BoardCatalog boards)
    {
        (this.result, this.boards) = (result, boards);
        Subgraphs = [.. result.Subgraphs.Select(subgraph => new ReorderedSubgraph(subgraph))];
        Plans = [.. result.AllowedPlans.Select(plan => new ArenaPlan(plan))];
        Arena = Plans[result.AllowedPlans.TakeWhile(plan => !ReferenceEquals(plan, result.Arena)).Count()];
        Kernels = KernelWords.Find(result.Arena.Kernels);
        Abi = result.Arena.Abi is { } abi ? Kinds.Of(abi) : null;
        Rewrite = result.Rewrite is { } rewrite ? new RewriteFigures(rewrite) : null;
        Board = result.Board is { } board ? new BoardUse(board, result.OptimizedModel.Length) : null;
    }

    /// <summary>The name by which diagnostics speak of the model.</summary>
    public string Name => result.Model.Name;

    /// <summary>
    /// The <c>.tflite</c> file with its operators in the new order, with the offsets of the tensors where the plan is <see cref="PlanKind.Offline"/>. Its
    /// answers are those of the given file, bit for bit.
    /// </summary>
    public ReadOnlyMemory<byte> Bytes => result.OptimizedModel;

    /// <summary>One for each subgraph of the file, and two for each loop of a rewritten one.</summary>
    public IReadOnlyList<ReorderedSubgraph> Subgraphs { get; }

    /// <summary>The peak of the file's order in bytes, of the subgraph where it is highest.</summary>
    public long FilePeakBytes => Subgraphs.Max(subgraph => subgraph.FilePeakBytes);

    /// <summary>The peak of the new order in bytes, of the subgraph where it is highest.</summary>
    public long PeakBytes => Subgraphs.Max(subgraph => subgraph.PeakBytes);

    /// <summary>Whether no order of any subgraph has a lower peak.</summary>
    public bool IsProven => Subgraphs.All(subgraph => subgraph.IsProven);

    /// <summary>The plan that was taken; one of <see cref="Plans"/>.</summary>
    public ArenaPlan Arena { get; }

    /// <summary>The plan of the file as it is; what is saved is saved against this.</summary>
    public ArenaPlan FileArena => Plans[0];

    /// <summary>All plans that could be taken, that of the file as it is first.</summary>
    public IReadOnlyList<ArenaPlan> Plans { get; }

    /// <summary>
    /// The bytes to hand to the interpreter, a multiple of 16: <see cref="Arena"/> with the margin, with resource variables where they are shared, and with
    /// what another ABI or version needs more where the device's is not known. The generated header names this number.
    /// </summary>
    public long ArenaBytes => result.Constant.Bytes;

    /// <summary>What of <see cref="ArenaBytes"/> is margin.</summary>
    public long ArenaMarginBytes => result.Constant.MarginBytes;

    /// <summary>The library with its version that the arena is computed for, such as <c>tflm@2026-08</c>; null without an interpreter.</summary>
    public string? Runtime => result.Arena.Library;

    /// <summary>The id of the runtime profile; <c>none</c> without an interpreter.</summary>
    public string Profile => result.Arena.Profile;

    /// <summary>The kernels that the arena is computed for; null without an interpreter, and for kernels that only a profile of one's own names.</summary>
    public KernelLibrary? Kernels { get; }

    /// <summary>The ABI that <see cref="Arena"/> is computed for; null without an interpreter.</summary>
    public AbiKind? Abi { get; }

    /// <summary>What a rewrite brought and what it costs; null where none was asked for.</summary>
    public RewriteFigures? Rewrite { get; }

    /// <summary>How the result sits on the board; null where none was named.</summary>
    public BoardUse? Board { get; }

    /// <summary>Everything worth telling; a board that cannot hold the result is an error among them (TINY1001, TINY1002).</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => result.Diagnostics;

    /// <summary>What is assumed about the device, and which option would make it known: a sentence each.</summary>
    public IReadOnlyList<string> Hints => result.Hints;

    /// <summary>Whether <see cref="Diagnostics"/> hold no error. Else nothing of the result should reach a device.</summary>
    public bool Succeeded => result.Succeeded;

    /// <summary>Generates the files that a firmware is built with.</summary>
    /// <param name="options">What to generate; null for the defaults.</param>
    /// <exception cref="TinyReorderException">The symbol is no identifier, or options contradict each other: TINY5003.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of its enumeration.</exception>
    public GeneratedCode Generate(GeneratedCodeOptions? options = null)
    {
        options ??= new GeneratedCodeOptions();
        var names = new GeneratedNames(options.Symbol ?? SymbolName.FromFileName(Name));
        CodeOptions code = Requests.Of(options, result.Arena.HasRuntime);
        GeneratedModel described = GeneratedOutput.Describe(result, names.Symbol, code);
        var generator = new CodeGenerator();
        NamedFile header = Rendered(names.HeaderFile, stream => generator.WriteHeader(described, stream));
        NamedFile source = Rendered(names.SourceFileOf(code.Format), stream => generator.WriteSource(described, stream));
        return new GeneratedCode(names.Symbol, header, source)
        {
            OpResolver = described.OpResolver is { } resolver
                ? Rendered(names.OpResolverFile, stream => generator.WriteOpResolver(names.Symbol, resolver, stream))
                : null,
            Model = code.Format == SourceFormat.Incbin ? new NamedFile(names.ModelFile, Bytes) : null,
        };
    }

    /// <summary>The memory map: tensors, steps, arenas, and which boards would hold the result.</summary>
    /// <param name="kind">Its form.</param>
    /// <exception cref="TinyReorderException">It would be larger than anyone reads: TINY2009.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none of the forms.</exception>
    public string Report(ReportKind kind)
    {
        var report = MemoryReport.Of(result, boards);
        return kind switch
        {
            ReportKind.Json => MapJson.Of(report),
            ReportKind.Html => MapHtml.Of(report),
            ReportKind.Svg => MapSvg.Of(report),
            ReportKind.StepsCsv => MapCsv.Steps(report),
            ReportKind.TensorsCsv => MapCsv.Tensors(report),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static NamedFile Rendered(string name, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return new NamedFile(name, stream.ToArray());
    }
}

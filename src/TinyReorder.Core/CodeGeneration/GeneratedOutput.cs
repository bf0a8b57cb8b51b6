using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.CodeGeneration;

/// <summary>From a result to the files that are generated of it: the same for every caller.</summary>
internal static class GeneratedOutput
{
    private const string HeaderTemplate = "header.sbn", SourceTemplate = "source.sbn", AssemblyTemplate = "incbin.sbn", OpResolverTemplate = "ops.sbn";

    private static readonly string[] TemplateNames = [HeaderTemplate, SourceTemplate, AssemblyTemplate, OpResolverTemplate];

    /// <summary>What the generated code says of <paramref name="result"/>. Of several subgraphs the largest peak counts: they run one at a time.</summary>
    /// <param name="result">What was found for the model.</param>
    /// <param name="symbol">What the model is called in the code.</param>
    /// <param name="code">What is generated; null for the default.</param>
    /// <exception cref="TinyReorderException">
    /// <see cref="DiagnosticCodes.BadOption"/>: the arena is to be defined in a region of the board, and nothing is known to place it there.
    /// </exception>
    public static GeneratedModel Describe(OptimizationResult result, string symbol, CodeOptions? code = null)
    {
        code ??= CodeOptions.Default;
        MemoryRegion? region = result.Board is { IsDefaultRegion: false } onBoard ? onBoard.Region : null;
        if (result.Board?.PersistentRegion is not null)
            code.RefuseOneArena();
        else if (region is not null)
            code = code.WithArenaIn(region);
        ArenaResult arena = result.Arena;
        return new GeneratedModel
        {
            Symbol = symbol,
            Model = result.OptimizedModel,
            Runtime = arena.Runtime,
            Library = arena.Library,
            Abi = arena.Abi is { } abi ? AbiWords.Of(abi) : null,
            CrashesOnShortArena = result.CrashesOnShortArena,
            OtherTargetBytes = result.Constant.OtherTargetBytes,
            KernelLibrary = arena.Kernels,
            Profile = arena.ProfileVersion.Length > 0 ? $"{arena.Profile}: {arena.ProfileVersion}" : null,
            PeakBeforeBytes = result.Subgraphs.Max(subgraph => subgraph.DefaultPeakBytes),
            PeakAfterBytes = result.Subgraphs.Max(subgraph => subgraph.PeakBytes),
            PlannedBytes = arena.PlannedBytes,
            ScratchBytes = arena.ScratchBytes,
            PersistentBytes = arena.PersistentBytes,
            LendableBytes = result.Constant.LendableBytes,
            ArenaBytes = result.Constant.Bytes,
            NonPersistentArenaBytes = result.Constant.NonPersistentBytes,
            PersistentArenaBytes = result.Constant.PersistentBytes,
            MarginBytes = result.Constant.MarginBytes,
            ResourceVariableBytes = arena.ResourceVariableBytes,
            ResourceVariableCount = arena.ResourceVariableCount,
            ResourceVariableArenaBytes = result.Constant.ResourceVariableArenaBytes,
            ArenaUsedBytes = result.Constant.UsedBytes > 0 ? result.Constant.UsedBytes : null,
            KeepsInputs = result.KeepsInputs,
            ArenaIsMeasured = arena.IsMeasured,
            ResourceVariablesAreShared = result.Constant.ResourceVariables == ResourceVariableChoice.Shared,
            ArenaIsExact = arena.Exact,
            OrderIsProven = result.Subgraphs.All(subgraph => subgraph.Proven),
            Plan = arena.Plan,
            Overlap = arena.Overlap,
            Board = result.Board?.Board.Id,
            ArenaRegion = region,
            PersistentRegion = result.Board?.PersistentRegion,
            ReservedSramBytes = result.Board?.ReservedSramBytes ?? 0,
            Code = code,
            OpResolver = code.EmitsOpResolver ? OpResolver.Of([result.PlannedModel]) : null,
        };
    }

    /// <summary>
    /// A generator with the templates that a user names (docs/templates.md): a folder with <c>header.sbn</c>, <c>source.sbn</c>, <c>incbin.sbn</c> or
    /// <c>ops.sbn</c>, a file with one of the last three names, or any other file for the header.
    /// </summary>
    /// <param name="path">The file or folder; null or empty for the built-in templates.</param>
    /// <param name="name">What diagnostics call it: the path as the user wrote it.</param>
    /// <exception cref="TinyReorderException">A template cannot be read: TINY5005; it is one of Handlebars: TINY5014.</exception>
    public static CodeGenerator Generator(string? path, string? name)
    {
        var templates = new Dictionary<string, TemplateFile>(StringComparer.Ordinal);
        foreach (string file in TemplateFiles(path))
        {
            string named = file == path ? name! : name + "/" + Path.GetFileName(file);
            string role = TemplateNames.Contains(Path.GetFileName(file), StringComparer.Ordinal) ? Path.GetFileName(file) : HeaderTemplate;
            templates[role] = new TemplateFile(named, InputFile.Read(file, named, DiagnosticCodes.BadTemplate, TemplateText.MaxFileBytes));
        }
        return new CodeGenerator(Find(HeaderTemplate), Find(SourceTemplate), Find(AssemblyTemplate), Find(OpResolverTemplate));

        TemplateFile? Find(string role) => templates.TryGetValue(role, out TemplateFile? template) ? template : null;
    }

    /// <summary>The files that <see cref="Generator"/> reads for <paramref name="path"/>.</summary>
    public static IReadOnlyList<string> TemplateFiles(string? path)
    {
        if (string.IsNullOrEmpty(path))
            return [];
        if (!Directory.Exists(path))
            return [path!];
        string[] inFolder = [.. TemplateNames.SelectMany(file => Named(Path.Combine(path!, file)))];
        return inFolder.Length > 0 ? inFolder : [Path.Combine(path!, HeaderTemplate)];
    }

    /// <summary>
    /// The template where it is there, else the one of Handlebars that it replaces: that one is an error, where the built-in one would be silence.
    /// </summary>
    private static IEnumerable<string> Named(string file)
    {
        string old = Path.ChangeExtension(file, HandlebarsText.Extension);
        return File.Exists(file) ? [file] : File.Exists(old) ? [old] : [];
    }
}

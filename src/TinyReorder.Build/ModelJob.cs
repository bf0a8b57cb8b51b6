using System.Globalization;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TinyReorder.CodeGeneration;

namespace TinyReorder.Build;

/// <summary>
/// What <see cref="ResolveTinyModels"/> decides about one <c>TinyModel</c> and <see cref="OptimizeTinyModel"/> carries out: an item with the model's own metadata and the files beside it.
/// Paths are relative to the project's directory unless the user wrote absolute ones.
/// </summary>
internal sealed class ModelJob(ITaskItem item)
{
    private const string MeaningfulToMSBuild = "%*?@$();'";

    /// <summary>The item; its specification is the model's path as the user wrote it.</summary>
    public ITaskItem Source { get; } = item;

    public string Name => Source.ItemSpec;

    public string Symbol { get => this[nameof(Symbol)]; set => this[nameof(Symbol)] = value; }

    public string HeaderFile { get => this[nameof(HeaderFile)]; set => this[nameof(HeaderFile)] = value; }

    public string SourceFile { get => this[nameof(SourceFile)]; set => this[nameof(SourceFile)] = value; }

    /// <summary>The header that registers the operators, or empty when it is not asked for.</summary>
    public string OpResolverFile { get => this[nameof(OpResolverFile)]; set => this[nameof(OpResolverFile)] = value; }

    /// <summary>What is generated.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">A word is not allowed: TINY5003.</exception>
    public CodeOptions Code => CodeOptions.Resolve(new CodeRequest
    {
        Format = this["Format"],
        OpResolver = this["OpResolver"],
        ModelSection = this["ModelSection"],
        ArenaSection = this["ArenaSection"],
        EmitArena = this["EmitArena"],
        Runtime = this["Runtime"],
    });

    /// <summary>The reordered .tflite, or empty when it is not asked for.</summary>
    public string ModelFile { get => this[nameof(ModelFile)]; set => this[nameof(ModelFile)] = value; }

    /// <summary>Everything besides the content of files that decides about the outputs; an input of the target.</summary>
    public string SettingsFile { get => this[nameof(SettingsFile)]; set => this[nameof(SettingsFile)] = value; }

    /// <summary>The names of the generated files, written at the end of each successful run; the output of the target.</summary>
    public string RecordFile { get => this[nameof(RecordFile)]; set => this[nameof(RecordFile)] = value; }

    /// <summary>The names of the reports, written whenever there are some, also when the board cannot hold the model.</summary>
    public string ReportListFile => Path.ChangeExtension(RecordFile, ".reports");

    /// <summary>The reports that are asked for, beside the header.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">A word of <c>Report</c> is no format: TINY5003.</exception>
    public IEnumerable<string> ReportFiles => Reports.ReportFiles.Names(this["Report"], Symbol).Select(BesideHeader);

    /// <summary>The files that a run leaves behind.</summary>
    public IEnumerable<string> GeneratedFiles => new[] { HeaderFile, SourceFile, ModelFile, OpResolverFile }.Where(file => file.Length > 0).Concat(ReportFiles);

    public string BesideHeader(string name) => Path.Combine(Path.GetDirectoryName(HeaderFile) ?? "", name);

    /// <summary>The metadata called <paramref name="name"/>; empty when there is none.</summary>
    public string this[string name]
    {
        get => Source.GetMetadata(name).Trim();
        set => Source.SetMetadata(name, Escape(value));
    }

    /// <summary>A copy of <paramref name="model"/> that can be added to.</summary>
    public static ModelJob For(ITaskItem model) => new(new TaskItem(model));

    private static string Escape(string text) => string.Concat(text.Select(Escape));

    private static string Escape(char c) =>
        MeaningfulToMSBuild.IndexOf(c) < 0 ? c.ToString() : "%" + ((int)c).ToString("x2", CultureInfo.InvariantCulture);
}

using Microsoft.Build.Framework;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>
/// One <c>TinyModel</c> with its metadata, and what is generated from it and where. Paths are relative to the project's directory unless the user wrote
/// absolute ones.
/// </summary>
internal sealed class ModelJob(ITaskItem item)
{
    /// <summary>The model's path as the user wrote it.</summary>
    public string Name { get; } = item.ItemSpec;

    public string Symbol { get; set; } = "";

    public string HeaderFile { get; set; } = "";

    public string SourceFile { get; set; } = "";

    /// <summary>The reordered .tflite, or empty when it is not asked for.</summary>
    public string ModelFile { get; set; } = "";

    /// <summary>The header that registers the operators, or empty when it is not asked for.</summary>
    public string OpResolverFile { get; set; } = "";

    /// <summary>The self test, or empty when it is not asked for.</summary>
    public string SelfTestFile { get; set; } = "";

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

    /// <summary>What was decided about the model and what came out of it, written at the end of each successful run (<see cref="ModelState"/>).</summary>
    public string StateFile { get; set; } = "";

    /// <summary>The names of the files that were written, a line each; kept before they are written, so that Clean finds them whatever happens.</summary>
    public string FileList { get; set; } = "";

    /// <summary>Headers with the copies that are kept of them for design-time builds.</summary>
    public IEnumerable<(string File, string Copy)> HeaderCopies => GeneratedFiles.Where(file => file.Kind == "Header")
        .Select(file => (file.Path, Path.Combine(Path.GetDirectoryName(StateFile) ?? "", "cache", Path.GetFileName(file.Path))));

    /// <summary>Everything besides the content of files that decides about the outputs, and the time stamps of files.</summary>
    public string Settings { get; set; } = "";

    /// <summary>The reports that are asked for, beside the header.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">A word of <c>Report</c> is no format: TINY5003.</exception>
    public IEnumerable<string> ReportFiles => Reports.Maps.ReportFiles.Names(this["Report"], Symbol).Select(BesideHeader);

    /// <summary>The files that a run leaves behind, with their kind.</summary>
    public IEnumerable<(string Kind, string Path)> GeneratedFiles =>
        new[] { ("Header", HeaderFile), ("Source", SourceFile), ("Model", ModelFile), ("Header", OpResolverFile), ("SelfTest", SelfTestFile) }
        .Where(file => file.Item2.Length > 0).Concat(ReportFiles.Select(report => ("Report", report)));

    /// <summary>The board by its name, or the target that the sizes describe; empty for none.</summary>
    /// <exception cref="TinyReorderException">The sizes are none: TINY5003.</exception>
    public string Board => BoardSpec.Of(this["Sram"], this["Flash"], this["Core"], this["Board"], OptionStyle.Metadata) ?? this["Board"];

    /// <summary>The metadata that the user's item has, defaults included, as lines.</summary>
    public IEnumerable<string> Metadata
    {
        get
        {
            // Enumerated as a dictionary of old, which is what every version of MSBuild gives.
            foreach (System.Collections.DictionaryEntry entry in item.CloneCustomMetadata())
                yield return entry.Key + "=" + entry.Value;
        }
    }

    /// <summary>The names of all metadata, defaults included.</summary>
    public IEnumerable<string> MetadataNames => item.CloneCustomMetadata().Keys.Cast<object>().Select(name => name.ToString() ?? "");

    /// <summary>The metadata called <paramref name="name"/>; empty when there is none.</summary>
    public string this[string name] => item.GetMetadata(name).Trim();

    /// <summary>The same; null when there is none.</summary>
    public string? Given(string name) => this[name].Length > 0 ? this[name] : null;

    public string BesideHeader(string name) => Path.Combine(Path.GetDirectoryName(HeaderFile) ?? "", name);

    /// <summary>The kept footprint with what the metadata says of the model now.</summary>
    public ModelFootprint With(ModelFootprint footprint) => footprint with
    {
        ArenaGroup = this["ArenaGroup"].Length > 0 ? this["ArenaGroup"] : null,
        ArenaSharing = ModelFootprint.ParseSharing(this["ArenaSharing"]),
        Board = Board.Length > 0 ? Board : null,
        ArenaRegion = Given("ArenaRegion"),
        PersistentRegion = Given("PersistentRegion"),
    };
}

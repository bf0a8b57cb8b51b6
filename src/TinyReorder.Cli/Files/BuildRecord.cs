using System.Diagnostics.CodeAnalysis;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Cli.Files;

/// <summary>
/// What a build tool learns of a run: a depfile with everything that was read, and a stamp. Generated files keep their time where their content stays,
/// which make would take for stale; the stamp is what it compares instead.
/// </summary>
/// <param name="depfile">The depfile to write, or null.</param>
/// <param name="stamp">The stamp to set, or null.</param>
/// <param name="inputs">The files that the run reads.</param>
internal sealed class BuildRecord(string? depfile, string? stamp, IReadOnlyList<string> inputs)
{
    // Before any input is read, so that one which changes meanwhile is newer than the stamp.
    private readonly DateTime started = DateTime.UtcNow;

    /// <summary>The paths that <see cref="Write"/> writes, with the options that name them.</summary>
    public IEnumerable<(string Option, string Path)> Outputs
    {
        get
        {
            if (depfile is not null)
                yield return ("--depfile", depfile);
            if (stamp is not null)
                yield return ("--stamp", stamp);
        }
    }

    /// <summary>Refuses what cannot be meant, before any work.</summary>
    /// <param name="outputs">The files that the run writes.</param>
    /// <exception cref="TinyReorderException">A record would replace another file of the run, or a depfile cannot hold a path: TINY5003.</exception>
    public void Check(IReadOnlyList<string> outputs)
    {
        OutputReport.Check([.. inputs, .. outputs], Outputs.Select(output => (output.Option, (string?)output.Path)));
        if (depfile is not null)
            Depfile.Check(Targets(outputs), inputs);
    }

    /// <summary>Writes the depfile and then the stamp, whose time is that of the run's start.</summary>
    /// <param name="outputs">The files that the run wrote.</param>
    /// <exception cref="TinyReorderException">One cannot be written: TINY5006.</exception>
    public void Write(IReadOnlyList<string> outputs)
    {
        if (depfile is not null)
            OutputReport.Write(depfile, Depfile.Of(Targets(outputs), [.. inputs, .. ToolFiles()]));
        if (stamp is not null)
            Stamp(stamp);
    }

    private IEnumerable<string> Targets(IReadOnlyList<string> outputs) => stamp is null ? outputs : [stamp];

    private void Stamp(string path)
    {
        OutputReport.Write(path, "");
        try
        {
            File.SetLastWriteTimeUtc(path, started);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.CannotWrite, $"cannot set the time of '{path}': {e.Message}"), e);
        }
    }

    /// <summary>
    /// The tool itself, which another version replaces: its assemblies, or the one file that it is. A folder that no depfile can name is left out: the user
    /// cannot help it.
    /// </summary>
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is what tells that the tool is a single file.")]
    private static IEnumerable<string> ToolFiles()
    {
        string[] assemblies = [typeof(BuildRecord).Assembly.Location, typeof(CodeGenerator).Assembly.Location];
        return (assemblies[0].Length > 0 ? assemblies : [Environment.ProcessPath ?? ""]).Where(path => path.Length > 0 && Depfile.CanName(path));
    }
}

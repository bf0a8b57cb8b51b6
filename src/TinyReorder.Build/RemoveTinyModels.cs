using Microsoft.Build.Framework;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Build;

/// <summary>Removes what was generated, wherever it is, and what is kept about it; files that somebody else put there stay.</summary>
[MSBuildMultiThreadableTask]
public sealed class RemoveTinyModels : Microsoft.Build.Utilities.Task
{
    /// <summary>The directory of the project, which relative paths start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>The project's file, whose outputs they are.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>Where state is kept.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var paths = new ProjectPaths(ProjectDirectory, StateDirectory, ProjectFile);
        string directory = paths.Absolute(StateDirectory);
        try
        {
            if (!Directory.Exists(directory))
                return true;
            using (paths.Enter())
            {
                var outputs = new FileLists(paths);
                foreach (string list in outputs.OfModels())
                    Tell(outputs.Remove(list));
                Tell(outputs.RemoveGroups());
                foreach (string state in Directory.GetFiles(directory, "*.state"))
                    OutputFile.Delete(state);
                string cache = Path.Combine(directory, "cache");
                if (Directory.Exists(cache))
                    Directory.Delete(cache, recursive: true);
                foreach (string file in new[] { "models.record", "models.fingerprint" })
                    OutputFile.Delete(Path.Combine(directory, file));
            }
        }
        catch (TinyReorderException exception)
        {
            // As the common targets do: what cannot be deleted is no reason to end a clean.
            Log.Report(exception.Diagnostic with { Severity = DiagnosticSeverity.Warning, File = exception.Diagnostic.File ?? ProjectFile });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var warning = Diagnostic.Warning(DiagnosticCodes.CannotWrite, $"cannot delete what is kept in '{directory}': {exception.Message}");
            Log.Report(warning with { File = ProjectFile });
        }
        return true;
    }

    private void Tell(IEnumerable<string> kept)
    {
        foreach (string file in kept)
            Log.Tell(MessageImportance.High, $"{file} stays: it is not what TinyReorder wrote for this project");
    }
}

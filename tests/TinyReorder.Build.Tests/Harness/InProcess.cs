using System.Text;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

namespace TinyReorder.Tests.Harness;

/// <summary>
/// The MSBuild of the SDK in this process, as Visual Studio has it: targets and tasks run as from the command, which takes more than a second to start each
/// time.
/// </summary>
internal static class InProcess
{
    // A process has one environment and one current directory, which a build sets.
    private static readonly object Gate = new();

    /// <summary>Whether <paramref name="arguments"/> hold nothing that only the command knows.</summary>
    public static bool Knows(string verb, IReadOnlyList<string> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            bool isKnown = arguments[i] is "-c"
                ? ++i < arguments.Count : arguments[i] is "-warnaserror" || IsSwitch(arguments[i], "-p:") || IsSwitch(arguments[i], "-t:");
            if (!isKnown)
                return false;
        }
        return verb is "build" or "clean";
    }

    /// <summary>Builds a project that is restored.</summary>
    public static (int ExitCode, string Output) Run(string verb, IReadOnlyList<string> arguments, string project, string log)
    {
        Dictionary<string, string> properties = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            string[] pair = arguments[i] == "-c" ? ["Configuration", arguments[++i]] : IsSwitch(arguments[i], "-p:") ? arguments[i][3..].Split('=', 2) : [];
            if (pair.Length == 2)
                properties.Add(pair[0], pair[1]);
        }
        string[] targets = [.. arguments.Where(argument => IsSwitch(argument, "-t:")).Select(argument => argument[3..])];
        var output = new StringBuilder();
        lock (Gate)
        {
            // Files of the SDK are parsed once for all builds; one that was written since is read again.
            using var projects = new ProjectCollection(properties, null, null, ToolsetDefinitionLocations.Default, maxNodeCount: 1,
                onlyLogCriticalEvents: false, loadProjectsReadOnly: true, useAsynchronousLogging: false, reuseProjectRootElementCache: true);
            using var manager = new BuildManager();
            var parameters = new BuildParameters(projects)
            {
                EnableNodeReuse = false,
                Loggers =
                [
                    new ConsoleLogger(LoggerVerbosity.Minimal, text => output.Append(text), _ => { }, () => { }) { Parameters = "Summary" },
                    new BinaryLogger { Parameters = log + ";ProjectImports=None" },
                ],
                WarningsAsErrors = arguments.Contains("-warnaserror") ? new HashSet<string>() : null,
            };
            var request = new BuildRequestData(project, properties, null, targets.Length == 0 && verb == "clean" ? ["Clean"] : targets, null);
            return (manager.Build(parameters, request).OverallResult == BuildResultCode.Success ? 0 : 1, output.ToString());
        }
    }

    private static bool IsSwitch(string argument, string name) => argument.StartsWith(name, StringComparison.Ordinal);
}

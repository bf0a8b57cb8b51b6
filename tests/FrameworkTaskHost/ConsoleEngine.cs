using System.Collections;
using Microsoft.Build.Framework;

namespace TinyReorder.Tests;

/// <summary>As much of MSBuild as a task sees that only logs.</summary>
internal sealed class ConsoleEngine : IBuildEngine
{
    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "project.proj";

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }

    public void LogErrorEvent(BuildErrorEventArgs e) => Console.WriteLine($"{e.File} : error {e.Code}: {e.Message}");

    public void LogWarningEvent(BuildWarningEventArgs e) => Console.WriteLine($"{e.File} : warning {e.Code}: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        if (e.Importance == MessageImportance.High)
            Console.WriteLine(e.Message);
    }
}

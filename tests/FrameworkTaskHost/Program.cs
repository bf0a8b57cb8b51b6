using System.Globalization;
using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace TinyReorder.Tests;

/// <summary>Optimizes one model with the task of a directory: TASKS PROJECT MODEL BOARD. Exit code 0 when it succeeds.</summary>
public static class Program
{
    public static int Main(string[] arguments)
    {
        CultureInfo.DefaultThreadCurrentCulture = new CultureInfo("de-DE");
        Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
        Assembly tasks = Assembly.LoadFrom(Path.Combine(arguments[0], "TinyReorder.Build.dll"));
        var model = new TaskItem(arguments[2]);
        model.SetMetadata("Board", arguments[3]);
        model.SetMetadata("OutputDir", "out/");

        ITask optimize = Create(tasks, "OptimizeTinyModels", arguments[1]);
        Set(optimize, "Models", new ITaskItem[] { model });
        Set(optimize, "StateDirectory", "obj/");
        Set(optimize, "RecordFile", "obj/models.record");
        return optimize.Execute() ? 0 : 1;
    }

    private static ITask Create(Assembly tasks, string name, string project)
    {
        var task = (ITask)Activator.CreateInstance(tasks.GetType("TinyReorder.Build." + name, throwOnError: true));
        task.BuildEngine = new ConsoleEngine();
        Set(task, "ProjectDirectory", project);
        return task;
    }

    private static void Set(ITask task, string property, object value) => task.GetType().GetProperty(property).SetValue(task, value);
}

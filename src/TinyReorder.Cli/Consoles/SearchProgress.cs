using Spectre.Console;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;

namespace TinyReorder.Cli.Consoles;

/// <summary>Shows on a terminal that the tool is at work; writes nothing to a file or a pipe.</summary>
internal static class SearchProgress
{
    /// <summary>Runs <paramref name="work"/>, on a terminal with a bar that moves until it ends and is gone then; it may tell how far it has come.</summary>
    public static T Show<T>(CommandContext context, string what, Func<Action<OptimizationProgress>?, T> work)
    {
        if (context.TerminalWidth is not { } width)
            return work(null);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        console.Profile.Width = width;
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new ElapsedTimeColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask(Markup.Escape(ForeignText.Line(Path.GetFileName(what)))).IsIndeterminate();
                return work(state => task.Description = Markup.Escape(ForeignText.Line($"{Path.GetFileName(what)}: {state}")));
            });
    }
}

using TinyReorder.Cli;
using TinyReorder.Cli.Consoles;

var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl-C ends the work in good order; a second one ends the process.
    pressed.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
return CommandLineTool.Run(args, CommandContext.OfProcess(interrupt.Token));

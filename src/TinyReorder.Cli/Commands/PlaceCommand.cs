using System.CommandLine;
using System.Globalization;
using System.Text;
using TinyReorder.Arenas;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Diagnostics;
using TinyReorder.Output;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder place</c>: gives offsets to the buffers of a CSV as google/minimalloc has it.</summary>
internal static class PlaceCommand
{
    // With a capacity the clock ends the search, so that a placement is the same wherever there is one in time.
    private const long NodesWithCapacity = 1_000_000_000;
    private const double MostSeconds = 86_400;

    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new ToolCommand(
            "place",
            "Give offsets to buffers with lifetimes, within a capacity or as low as possible. Reads and writes the CSV of google/minimalloc: "
                + "id,lower,upper,size, lifetimes half open; the result has the column offset.",
            "tinyreorder place buffers.csv --capacity 1048576 -o placed.csv",
            "tinyreorder place buffers.csv --align 16 > placed.csv");
        var file = new Argument<string>("FILE.csv") { Description = "The buffers." };
        Option<string?> capacity = CommonOptions.Value("--capacity", "BYTES", "The bytes that there are. Without it the placement is as low as one is found.");
        var output = new Option<string?>("--output", "-o") { Description = "The CSV file to write. [default: standard output]", HelpName = "OUT.csv" };
        Option<string?> align = CommonOptions.Value("--align", "BYTES", "What offsets are multiples of; sizes are rounded up to it. [default: 1]");
        var keep = new Option<bool>("--keep-offsets") { Description = "Leave buffers that have an offset in the file where they are." };
        Option<string?> seconds = CommonOptions.Value("--search-seconds", "SECONDS", "The longest time to search. [default: 60]");
        command.Arguments.Add(file);
        foreach (Option option in new Option[] { capacity, output, align, keep, seconds })
            command.Options.Add(option);
        command.SetAction(line =>
        {
            string path = line.GetRequiredValue(file);
            OutputReport.Check([path], [("--output", line.GetValue(output))]);
            long alignmentBytes = Number(line.GetValue(align), "--align", 1, int.MaxValue) ?? 1;
            long? capacityBytes = Number(line.GetValue(capacity), "--capacity", 0, long.MaxValue);
            TimeSpan time = Time(line.GetValue(seconds));
            IReadOnlyList<MinimallocBuffer> buffers = Read(path);
            PlacementItem[] items = [.. buffers.Select(buffer => buffer.Item with { FixedOffset = line.GetValue(keep) ? buffer.OffsetBytes : null })];
            Placement placement = About(path, () =>
                Place(items, alignmentBytes, capacityBytes, PlacementLimits.Default with { Time = time, Cancellation = context.Cancellation }));
            string csv = MinimallocCsv.Write([.. buffers.Select((buffer, i) => buffer with { OffsetBytes = placement.OffsetBytes[i] })]);
            if (line.GetValue(output) is not { } target)
            {
                context.Output.Write(csv);
                return ExitCode.Fine;
            }
            OutputFile.WriteIfChanged(target, stream => stream.Write(Encoding.UTF8.GetBytes(csv)));
            context.WriteLine($"{path}: {Quantity.Count(items.Length)} buffers placed in {Quantity.Bytes(placement.HeightBytes)}, {Proof(placement)}");
            return ExitCode.Fine;
        });
        return command;
    }

    private static IReadOnlyList<MinimallocBuffer> Read(string path) =>
        MinimallocCsv.Read(Encoding.UTF8.GetString(InputFile.Read(path, path, DiagnosticCodes.BadBufferFile, MinimallocCsv.MaxFileBytes)), path);

    private static Placement Place(PlacementItem[] items, long alignmentBytes, long? capacityBytes, PlacementLimits limits)
    {
        PlacementOutcome outcome = PlacementOutcome.Placed;
        Placement? placement = capacityBytes is { } most
            ? ArenaPlacer.PlaceWithin(items, most, out outcome, alignmentBytes, limits with { Nodes = NodesWithCapacity })
            : ArenaPlacer.Place(items, alignmentBytes, limits);
        if (placement is null)
        {
            throw new TinyReorderException(outcome == PlacementOutcome.Infeasible
                ? Diagnostic.Error(DiagnosticCodes.ExceedsCapacity, $"the buffers do not fit into {Quantity.Bytes(capacityBytes!.Value)}: no placement does")
                : Diagnostic.Error(DiagnosticCodes.PlacementGap, $"no placement within {Quantity.Bytes(capacityBytes!.Value)} was found, and none is ruled "
                    + "out; raise --search-seconds to look further"));
        }
        PlacementVerifier.Verify(items, placement.OffsetBytes, alignmentBytes, capacityBytes ?? placement.HeightBytes);
        return placement;
    }

    /// <summary>Lets what is wrong with the buffers name their file.</summary>
    private static Placement About(string path, Func<Placement> place)
    {
        try
        {
            return place();
        }
        catch (TinyReorderException e) when (e.Diagnostic.File is null)
        {
            throw new TinyReorderException(e.Diagnostic with { File = path }, e);
        }
    }

    private static string Proof(Placement placement) =>
        placement.Proven ? "and no placement is lower" : $"and no placement is lower than {Quantity.Bytes(placement.LowerBoundBytes)}";

    private static long? Number(string? word, string option, long least, long most)
    {
        if (word is null)
            return null;
        return long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw BadOption($"{option} is '{Quote.Text(word)}', but must be a whole number of bytes from {Quantity.Count(least)} to {Quantity.Count(most)}");
    }

    private static TimeSpan Time(string? word)
    {
        const double usual = 60;
        bool isNumber = double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return word is null ? TimeSpan.FromSeconds(usual)
            : isNumber && seconds <= MostSeconds ? TimeSpan.FromSeconds(seconds)
            : throw BadOption($"--search-seconds is '{Quote.Text(word)}', but must be a number of seconds from 0 to {Quantity.Count((long)MostSeconds)}, "
                + "such as 2.5");
    }

    private static TinyReorderException BadOption(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}

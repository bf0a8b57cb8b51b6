using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TinyReorder.CompareBuilds.Running;

namespace TinyReorder.CompareBuilds;

/// <summary>The command line of this program.</summary>
internal static class CompareBuildsCommand
{
    /// <summary>The exit code of two builds that do the same.</summary>
    public const int Same = 0;

    /// <summary>The exit code of two builds that differ in anything but time.</summary>
    public const int Different = 1;

    /// <summary>The exit code of a comparison that could not be made.</summary>
    public const int BadUsage = 2;

    /// <summary>The exit code after Ctrl-C.</summary>
    public const int Interrupted = 130;

    private static readonly TimeSpan TimeToTidy = TimeSpan.FromMinutes(1);

    private const long DefaultModelLimit = 400_000;

    /// <summary>Compares what <paramref name="arguments"/> name and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        ParseResult line = Create(output, errors).Parse(arguments);
        if (line.Errors.Count == 0)
            return await line.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, ProcessTerminationTimeout = TimeToTidy });
        foreach (ParseError error in line.Errors)
            await errors.WriteLineAsync("compare-builds: " + error.Message);
        return BadUsage;
    }

    private static RootCommand Create(TextWriter output, TextWriter errors)
    {
        var before = new Argument<string>("BEFORE") { Description = "The older build: tinyreorder.dll or a native executable." };
        var after = new Argument<string>("AFTER") { Description = "The newer build." };
        var models = new Argument<string[]>("MODELS") { Description = "Models, or folders with .tflite files.", Arity = ArgumentArity.OneOrMore };
        var options = new Option<string>("--options")
        {
            Description = "The file of option sets. [default: option-sets.txt beside this program]",
            HelpName = "FILE",
            DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "option-sets.txt"),
        };
        var limit = Number("--limit", "BYTES", "Leave out larger models.", DefaultModelLimit);
        var jobs = Number("--jobs", "NUMBER", "How many models are run at once, each by both builds in turn.", Environment.ProcessorCount);
        var ignore = new Option<string[]>("--ignore")
        {
            Description = "Take what this regular expression matches out of all texts and file names of both sides. May be given more than once.",
            HelpName = "REGEX",
            DefaultValueFactory = _ => [],
        };
        var processes = new Option<bool>("--processes")
        {
            Description = "Start a process for each run, also where the build is a .dll. Slow, but nothing stays in memory between runs.",
        };
        const string description = "Runs two builds of tinyreorder over models and option sets and prints every difference.";
        var root = new RootCommand(description + " Exit code 0: none, 1: some, 2: could not compare.")
        {
            before, after, models, options, limit, jobs, ignore, processes,
        };
        root.SetAction(async (line, cancellation) =>
        {
            try
            {
                var comparison = new Comparison(new ToolBuild(line.GetRequiredValue(before)), new ToolBuild(line.GetRequiredValue(after)))
                {
                    Models = ModelFiles.Find(line.GetRequiredValue(models), line.GetValue(limit)),
                    OptionSets = OptionSet.ReadFile(line.GetRequiredValue(options)),
                    Ignored = new IgnoredText(line.GetRequiredValue(ignore)),
                    Jobs = (int)Math.Clamp(line.GetValue(jobs), 1, 64),
                    AlwaysStarts = line.GetValue(processes),
                };
                return await comparison.RunAsync(output, errors, cancellation) ? Different : Same;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
            {
                await errors.WriteLineAsync("compare-builds: " + e.Message);
                return BadUsage;
            }
            catch (OperationCanceledException)
            {
                return Interrupted;
            }
        });
        return root;
    }

    private static Option<long> Number(string name, string valueName, string description, long normal) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} [default: {normal}]"),
        HelpName = valueName,
        DefaultValueFactory = _ => normal,
    };
}

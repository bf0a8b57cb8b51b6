using System.CommandLine.Parsing;

namespace TinyReorder.CompareBuilds;

/// <summary>One way to call the tool with a model.</summary>
/// <param name="Line">The command and its options as they stand in the file.</param>
internal sealed record OptionSet(string Line)
{
    /// <summary>Reads a file with an option set a line; empty lines and lines that begin with # say nothing.</summary>
    /// <exception cref="FormatException">It holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<OptionSet> ReadFile(string path)
    {
        IEnumerable<string> lines = File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
        OptionSet[] sets = [.. lines.Select(line => new OptionSet(line))];
        return sets.Length > 0 ? sets : throw new FormatException($"'{path}' holds no option set: write lines such as 'analyze --format json'");
    }

    /// <summary>The tool's arguments: the command, the model, then the options. Words with spaces stand in double quotes.</summary>
    public IReadOnlyList<string> ArgumentsFor(string model)
    {
        string[] words = [.. CommandLineParser.SplitCommandLine(Line)];
        return [words[0], model, .. words[1..]];
    }
}

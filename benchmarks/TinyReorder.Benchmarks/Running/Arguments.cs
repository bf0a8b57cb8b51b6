using System.Globalization;

namespace TinyReorder.Benchmarks.Running;

/// <summary>A verb, options with values, and what is neither.</summary>
internal sealed class Arguments
{
    private static readonly HashSet<string> Valued =
        ["--only", "--seconds", "--baseline-seconds", "--least-operators", "--most-operators", "--family", "--models", "--capacity", "--alignment", "--count",
            "--from", "--case"];

    private static readonly HashSet<string> Switches = ["--cold"];

    private readonly Dictionary<string, string> options = [];

    public string Verb { get; private set; } = "";

    public List<string> Values { get; } = [];

    public static Arguments Parse(string[] arguments)
    {
        var parsed = new Arguments { Verb = arguments.FirstOrDefault() ?? "" };
        for (int i = 1; i < arguments.Length; i++)
        {
            string argument = arguments[i];
            if (Switches.Contains(argument))
                parsed.options[argument] = "";
            else if (Valued.Contains(argument))
                parsed.options[argument] = ++i < arguments.Length ? arguments[i] : throw new FormatException($"{argument} needs a value");
            else if (argument.StartsWith('-'))
                throw new FormatException($"{argument} is no option");
            else
                parsed.Values.Add(argument);
        }
        return parsed;
    }

    public bool Has(string option) => options.ContainsKey(option);

    public string? Text(string option) => options.GetValueOrDefault(option);

    public long Number(string option, long otherwise) =>
        Text(option) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
        : throw new FormatException($"{option} is '{text}', not a whole number");
}

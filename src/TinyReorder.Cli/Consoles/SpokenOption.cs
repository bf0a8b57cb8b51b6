namespace TinyReorder.Cli.Consoles;

/// <summary>Reads an option from the words of a command line, so that it is known for lines with errors too.</summary>
internal static class SpokenOption
{
    /// <summary>The value of the option called <paramref name="name"/>, or null.</summary>
    public static string? Find(IReadOnlyList<string> arguments, string name)
    {
        for (int i = 0; i < arguments.Count && arguments[i] != "--"; i++)
        {
            if (arguments[i] == name)
                return arguments.ElementAtOrDefault(i + 1);
            if (arguments[i].StartsWith(name + "=", StringComparison.Ordinal) || arguments[i].StartsWith(name + ":", StringComparison.Ordinal))
                return arguments[i][(name.Length + 1)..];
        }
        return null;
    }
}

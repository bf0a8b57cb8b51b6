using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Resolvers;

namespace TinyReorder.CodeGeneration;

/// <summary>What the template of the operators' header can refer to: docs/templates.md lists it.</summary>
internal static class OpResolverVariables
{
    private const int MaxParameterCharacters = 64;

    /// <summary>The variables for a resolver that is called after <paramref name="symbol"/>, by name.</summary>
    public static Dictionary<string, object?> Of(string symbol, OpResolver resolver)
    {
        GeneratedNames names = new(symbol);
        var parameters = new HashSet<string>(StringComparer.Ordinal);
        ResolverOperator[] registered = [.. resolver.Registered];
        string[] given = [.. registered.Select(op => op.NeedsRegistration ? Unique(ParameterName(op.Kind), parameters) : "")];
        ResolverMethod? newest = registered.Select(op => op.Method).Where(method => method?.Since is not null)
            .OrderBy(method => method!.Since, StringComparer.Ordinal).LastOrDefault();
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["symbol"] = names.Symbol,
            ["symbol_camel"] = names.Camel,
            ["symbol_macro"] = names.Macro,
            ["header_file"] = names.HeaderFile,
            ["resolver_file"] = names.OpResolverFile,
            ["include_guard"] = names.OpResolverGuard,
            ["resolver_class"] = names.OpResolverClass,
            ["resolver_function"] = names.OpResolverFunction,
            ["arena_constant"] = names.ArenaConstant,
            ["operator_count"] = (long)registered.Length,
            ["operator_room"] = (long)Math.Max(1, registered.Length),
            ["operator_count_constant"] = $"k{names.Camel}OperatorCount",
            ["has_operators"] = registered.Length > 0,
            ["has_resource_variables"] = registered.Any(op => !op.IsCustom && op.Kind == "VAR_HANDLE"),
            ["has_custom_operators"] = registered.Any(op => op.NeedsRegistration),
            ["has_missing_operators"] = resolver.Missing.Any(),
            ["resolver_version"] = ResolverMethods.BuiltIn.Version,
            ["newest_method"] = newest?.Name,
            ["newest_method_since"] = newest?.Since,
            ["operators"] = registered.Select((op, i) => Variables(op, given[i])).ToArray(),
            ["custom_operators"] = registered.Select((op, i) => (Operator: op, Parameter: given[i])).Where(pair => pair.Operator.NeedsRegistration)
                .Select(pair => Variables(pair.Operator, pair.Parameter)).ToArray(),
            ["missing_operators"] = resolver.Missing.Select(op => Variables(op, "")).ToArray(),
        };
    }

    private static Dictionary<string, object?> Variables(ResolverOperator op, string parameter) => new(StringComparer.Ordinal)
    {
        ["kind"] = ForeignText.Comment(op.Kind),
        ["method"] = op.Method?.Name,
        ["custom_code"] = op.IsCustom ? Literal(op.Kind) : null,
        ["parameter"] = parameter.Length > 0 ? parameter : null,
    };

    /// <summary>A string literal of C that holds just these UTF-8 bytes, whatever a file calls its operators.</summary>
    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        byte last = 0;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            // Compilers show lines of the source, and build servers take "##[" and "::" in them for their own.
            bool isPlain = value is >= 32 and < 127 && !(value == last && value is (byte)'#' or (byte)':');
            last = value;
            if (value is (byte)'"' or (byte)'\\' or (byte)'?')
                literal.Append('\\').Append((char)value);
            else if (isPlain)
                literal.Append((char)value);
            else
                literal.Append('\\').Append(Convert.ToString(value, 8).PadLeft(3, '0'));
        }
        return literal.Append('"').ToString();
    }

    /// <summary>An identifier that is no keyword and not reserved, because of its end and of what it begins with.</summary>
    private static string ParameterName(string customCode)
    {
        var name = new StringBuilder();
        foreach (char c in customCode.Take(MaxParameterCharacters))
        {
            bool isAllowed = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
            if (isAllowed && name.Length == 0 && c is >= '0' and <= '9')
                name.Append("op_");
            if (isAllowed || (name.Length > 0 && name[name.Length - 1] != '_'))
                name.Append(isAllowed ? c : '_');
        }
        string trimmed = name.ToString().TrimEnd('_');
        return (trimmed.Length == 0 ? "op" : trimmed) + "_registration";
    }

    private static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int i = 2; !taken.Add(unique); i++)
            unique = name + "_" + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}

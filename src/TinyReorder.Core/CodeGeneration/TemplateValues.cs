using Scriban.Runtime;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// Hands variables to the template engine as texts, whole numbers, truth values, lists and objects of them, so that it reflects over no type. Bytes are
/// never among them: a marker stands in their place in the rendered text.
/// </summary>
internal static class TemplateValues
{
    /// <summary>What stands on both sides of the name of bytes; no template holds it, since none may hold a NUL.</summary>
    public const char Marker = '\0';

    /// <summary>The variables as the engine sees them.</summary>
    public static ScriptObject Of(IReadOnlyDictionary<string, object?> variables)
    {
        var values = new ScriptObject(StringComparer.Ordinal);
        foreach (KeyValuePair<string, object?> variable in variables)
            values.SetValue(variable.Key, variable.Value is byte[]? Marker + variable.Key + Marker : ValueOf(variable.Value), readOnly: false);
        return values;
    }

    /// <summary>An empty text is no value, so that it counts as false.</summary>
    private static object? ValueOf(object? value) => value switch
    {
        null or bool or long => value,
        string text => text.Length > 0 ? text : null,
        IReadOnlyDictionary<string, object?> members => Of(members),
        IEnumerable<object> list => new ScriptArray(list.Select(ValueOf)),
        _ => throw new ArgumentException($"{value.GetType()} is no value of a template", nameof(value)),
    };
}

using System.Globalization;
using System.Text.Json;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>
/// One value of a JSON file that knows where in the file it stands. The accessors throw one <see cref="TinyReorderException"/>, which names the file
/// and the path of the value, when a member is missing or of another kind.
/// </summary>
internal sealed class JsonValue(Func<string, TinyReorderException> error, JsonValue? parent, string? name, JsonTokenType token, string text)
{
    private static readonly JsonValue[] NoChildren = [];

    private readonly int index = parent?.Children.Count ?? 0;
    private List<JsonValue>? children;
    private Dictionary<string, JsonValue>? byName;

    /// <summary>What the value is.</summary>
    public JsonValueKind Kind { get; } = token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    /// <summary>The object or array that holds this value; null for the root.</summary>
    public JsonValue? Parent => parent;

    /// <summary>The key under which an object holds this value, or null when no object does.</summary>
    public string? Name => name;

    /// <summary>The elements of an array, or the values of an object, in the file's order; empty for other kinds.</summary>
    public IReadOnlyList<JsonValue> Children => children ?? (IReadOnlyList<JsonValue>)NoChildren;

    /// <summary>Where the value stands, such as <c>$.boards[3].id</c>; <c>$</c> is the root.</summary>
    public string Path => parent is null ? "$" : parent.Path + (name is null ? $"[{index}]" : IsPlain(name) ? $".{name}" : $"[{JsonText.Quote(name)}]");

    /// <summary>The member of that name, or null when it is missing or null.</summary>
    public JsonValue? Find(string member) =>
        AsObject().byName is { } members && members.TryGetValue(member, out JsonValue? found) && found.Kind != JsonValueKind.Null ? found : null;

    /// <summary>The member of that name.</summary>
    public JsonValue Get(string member) => Find(member) ?? throw Error($"has no \"{member}\"");

    /// <summary>The text of a string.</summary>
    public string AsString()
    {
        Expect(JsonValueKind.String);
        return text;
    }

    /// <summary>A truth value.</summary>
    public bool AsBoolean() => Kind is JsonValueKind.True or JsonValueKind.False ? Kind == JsonValueKind.True : throw Mismatch(JsonValueKind.True);

    /// <summary>A whole number, written without fraction or exponent, from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public long AsInt64(long least = long.MinValue, long most = long.MaxValue)
    {
        Expect(JsonValueKind.Number);
        if (text.IndexOfAny(['.', 'e', 'E']) >= 0)
            throw Error($"must be a whole number without fraction or exponent, not {JsonText.Shorten(text)}");
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || number < least || number > most)
            throw Error($"must be a whole number from {Quantity.Count(least)} to {Quantity.Count(most)}, not {JsonText.Shorten(text)}");
        return number;
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, with or without a fraction.</summary>
    public double AsDouble(double least, double most)
    {
        Expect(JsonValueKind.Number);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number >= least && number <= most))
            throw Error($"must be a number from {Show(least)} to {Show(most)}, not {JsonText.Shorten(text)}");
        return number;
    }

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<JsonValue> AsArray() => Expect(JsonValueKind.Array).Children;

    /// <summary>This value where it is an object; its members are its <see cref="Children"/>.</summary>
    public JsonValue AsObject() => Expect(JsonValueKind.Object);

    /// <summary>The text of the string member of that name.</summary>
    public string GetString(string member) => Get(member).AsString();

    /// <summary>The text of the string member of that name, or null when it is missing or null.</summary>
    public string? FindString(string member) => Find(member)?.AsString();

    /// <summary>The whole number member of that name.</summary>
    public long GetInt64(string member, long least = long.MinValue, long most = long.MaxValue) => Get(member).AsInt64(least, most);

    /// <summary>The whole number member of that name, or null when it is missing or null.</summary>
    public long? FindInt64(string member, long least = long.MinValue, long most = long.MaxValue) => Find(member)?.AsInt64(least, most);

    /// <summary>The elements of the array member of that name.</summary>
    public IReadOnlyList<JsonValue> GetArray(string member) => Get(member).AsArray();

    /// <summary>The elements of the array member of that name; none when it is missing or null.</summary>
    public IReadOnlyList<JsonValue> FindArray(string member) => Find(member)?.AsArray() ?? NoChildren;

    /// <summary>A fault of this value for its reader to throw: <c>$.boards[3].id <paramref name="fault"/></c>.</summary>
    public TinyReorderException Error(string fault) => error($"{Path} {fault}");

    /// <summary>Takes in an element or a member while the file is read; an object has no member of that name yet.</summary>
    internal void Add(JsonValue child)
    {
        (children ??= []).Add(child);
        if (child.Name is not null)
            (byName ??= new(StringComparer.Ordinal)).Add(child.Name, child);
    }

    /// <summary>Whether an object has a member of that name, be it null.</summary>
    internal bool Has(string member) => byName is not null && byName.ContainsKey(member);

    private static string Show(double number) => number.ToString(CultureInfo.InvariantCulture);

    private JsonValue Expect(JsonValueKind kind) => Kind == kind ? this : throw Mismatch(kind);

    private TinyReorderException Mismatch(JsonValueKind wanted) => Error($"must be {Describe(wanted)}, not {Describe(Kind)}");

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };

    private static bool IsPlain(string name) =>
        name.Length is > 0 and <= JsonText.MaxShownCharacters
        && name.All(c => c is '_' or '-' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}

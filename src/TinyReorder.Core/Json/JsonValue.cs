using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Json;

/// <summary>
/// One value of a JSON file that knows where in the file it stands. The accessors throw one <see cref="TinyReorderException"/>, which names the file
/// and the path of the value, when a member is missing or of another kind.
/// </summary>
internal sealed class JsonValue
{
    private static readonly JsonValue[] s_none = [];

    private readonly JsonSource _source;
    private readonly JsonValue? _parent;
    private readonly int _index;
    private readonly string _text;
    private List<JsonValue>? _children;
    private Dictionary<string, JsonValue>? _byName;

    internal JsonValue(JsonSource source, JsonValue? parent, string? name, int index, JsonKind kind, string text)
    {
        _source = source;
        _parent = parent;
        _index = index;
        _text = text;
        Name = name;
        Kind = kind;
    }

    /// <summary>What the value is.</summary>
    public JsonKind Kind { get; }

    /// <summary>The key under which an object holds this value, or null when no object does.</summary>
    public string? Name { get; }

    /// <summary>The elements of an array, or the values of an object, in the file's order; empty for other kinds.</summary>
    public IReadOnlyList<JsonValue> Children => _children ?? (IReadOnlyList<JsonValue>)s_none;

    /// <summary>Where the value stands, such as <c>$.boards[3].id</c>; <c>$</c> is the root.</summary>
    public string Path
    {
        get
        {
            Stack<JsonValue> steps = new();
            for (JsonValue value = this; value._parent is not null; value = value._parent)
                steps.Push(value);
            StringBuilder path = new("$");
            foreach (JsonValue step in steps)
            {
                if (step.Name is null)
                    path.Append('[').Append(step._index.ToString(CultureInfo.InvariantCulture)).Append(']');
                else if (IsPlainName(step.Name))
                    path.Append('.').Append(step.Name);
                else
                    path.Append('[').Append(JsonText.Quote(step.Name)).Append(']');
            }
            return path.ToString();
        }
    }

    /// <summary>The member of that name, or null when it is missing or null.</summary>
    public JsonValue? Find(string name)
    {
        Expect(JsonKind.Object);
        return _byName is not null && _byName.TryGetValue(name, out JsonValue? member) && member.Kind != JsonKind.Null ? member : null;
    }

    /// <summary>The member of that name.</summary>
    public JsonValue Get(string name) => Find(name) ?? throw Error($"has no \"{name}\"");

    /// <summary>The text of a string.</summary>
    public string AsString() => Expect(JsonKind.String)._text;

    /// <summary>A truth value.</summary>
    public bool AsBoolean() => Expect(JsonKind.Boolean)._text == "true";

    /// <summary>A number, as near as a double comes to it.</summary>
    public double AsDouble()
    {
        // .NET Framework throws where later ones answer infinity.
        bool read = double.TryParse(Expect(JsonKind.Number)._text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        return read && !double.IsInfinity(number) ? number : throw Error("is out of range");
    }

    /// <summary>A whole number, written without fraction or exponent, from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public long AsInt64(long least = long.MinValue, long most = long.MaxValue)
    {
        Expect(JsonKind.Number);
        if (_text.IndexOfAny(['.', 'e', 'E']) >= 0)
            throw Error($"must be a whole number without fraction or exponent, not {JsonText.Shorten(_text)}");
        if (!long.TryParse(_text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || number < least || number > most)
            throw Error($"must be a whole number from {Quantity.Count(least)} to {Quantity.Count(most)}, not {JsonText.Shorten(_text)}");
        return number;
    }

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<JsonValue> AsArray() => Expect(JsonKind.Array).Children;

    /// <summary>This value where it is an object; its members are its <see cref="Children"/>.</summary>
    public JsonValue AsObject() => Expect(JsonKind.Object);

    /// <summary>The text of the string member of that name.</summary>
    public string GetString(string name) => Get(name).AsString();

    /// <summary>The text of the string member of that name, or null when it is missing or null.</summary>
    public string? FindString(string name) => Find(name)?.AsString();

    /// <summary>The whole number member of that name.</summary>
    public long GetInt64(string name, long least = long.MinValue, long most = long.MaxValue) => Get(name).AsInt64(least, most);

    /// <summary>The whole number member of that name, or null when it is missing or null.</summary>
    public long? FindInt64(string name, long least = long.MinValue, long most = long.MaxValue) => Find(name)?.AsInt64(least, most);

    /// <summary>The elements of the array member of that name.</summary>
    public IReadOnlyList<JsonValue> GetArray(string name) => Get(name).AsArray();

    /// <summary>The elements of the array member of that name; none when it is missing or null.</summary>
    public IReadOnlyList<JsonValue> FindArray(string name) => Find(name)?.AsArray() ?? s_none;

    /// <summary>A fault of this value for its reader to throw: <c>$.boards[3].id <paramref name="fault"/></c>.</summary>
    public TinyReorderException Error(string fault) =>
        new(Diagnostic.Error(_source.DiagnosticCode, $"{Path} {fault}") with { File = _source.FileName });

    /// <summary>Takes in an element or a member while the file is read; false when the object has a member of that name.</summary>
    internal bool TryAdd(JsonValue child)
    {
        if (child.Name is not null)
        {
            _byName ??= new Dictionary<string, JsonValue>(StringComparer.Ordinal);
            if (_byName.ContainsKey(child.Name))
                return false;
            _byName.Add(child.Name, child);
        }
        (_children ??= []).Add(child);
        return true;
    }

    private JsonValue Expect(JsonKind kind) => Kind == kind ? this : throw Error($"must be {Describe(kind)}, not {Describe(Kind)}");

    private static string Describe(JsonKind kind) => kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "true or false",
        JsonKind.Number => "a number",
        JsonKind.String => "a string",
        JsonKind.Array => "an array",
        _ => "an object",
    };

    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= JsonText.MaxShownCharacters
        && name.All(c => c is '_' or '-' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));
}

using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Resolvers;

/// <summary>
/// The methods of TensorFlow Lite Micro's <c>MicroMutableOpResolver</c>, by the operator that each registers: facts of one version, read from a file that
/// names its sources.
/// </summary>
internal sealed class ResolverMethods
{
    private const string File = "tflm-90b983c.json";
    private const int MostVersions = 1 << 16;

    private static readonly Lazy<ResolverMethods> LazyBuiltIn = new(() => Read(EmbeddedFile.Read("TinyReorder.Resolvers." + File)));

    private readonly Dictionary<string, ResolverMethod> builtin;
    private readonly Dictionary<string, ResolverMethod> custom;

    private ResolverMethods(JsonValue root)
    {
        root.GetInt64("schema", 1, 1);
        Version = root.GetString("version");
        builtin = root.Get("builtin").AsObject().Children.ToDictionary(entry => entry.Name!, ReadMethod, StringComparer.Ordinal);
        custom = root.Get("custom").AsObject().Children.ToDictionary(entry => entry.Name!, ReadMethod, StringComparer.Ordinal);
    }

    /// <summary>The methods that this library knows.</summary>
    public static ResolverMethods BuiltIn => LazyBuiltIn.Value;

    /// <summary>What they were read from, such as <c>tflite-micro 90b983c (2026-08-20)</c>.</summary>
    public string Version { get; }

    /// <summary>The names of the built-in operators that have a method, in ordinal order.</summary>
    public IReadOnlyList<string> BuiltinKinds => [.. builtin.Keys.OrderBy(kind => kind, StringComparer.Ordinal)];

    /// <summary>The custom codes that have a method, in ordinal order.</summary>
    public IReadOnlyList<string> CustomCodes => [.. custom.Keys.OrderBy(code => code, StringComparer.Ordinal)];

    /// <summary>The method for an operator, or null; a custom operator that is named like a built-in one has none.</summary>
    public ResolverMethod? Find(TfliteOperator op) => Find(op.Kind, op.IsCustom);

    /// <summary>The same by the name of the built-in operator, or by the custom code.</summary>
    public ResolverMethod? Find(string kind, bool isCustom) => (isCustom ? custom : builtin).TryGetValue(kind, out ResolverMethod? method) ? method : null;

    private static ResolverMethods Read(byte[] json) => new(JsonFile.Parse(json, File, DiagnosticCodes.Defect).AsObject());

    private static ResolverMethod ReadMethod(JsonValue entry) =>
        new(entry.GetString("method"), (int?)entry.FindInt64("version", 1, MostVersions), entry.FindString("since"));
}

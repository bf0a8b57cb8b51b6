using System.Text;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Tflite;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// The operators that an interpreter of TensorFlow Lite Micro has to know for a model, or for several that share a resolver: each once, in ordinal order.
/// </summary>
internal sealed class OpResolver
{
    // A custom code may hold any character.
    private const string Custom = "custom:";
    private const char Separator = ' ';

    private OpResolver(IReadOnlyList<ResolverOperator> operators) => Operators = operators;

    /// <summary>All of them, those without a way to register them included.</summary>
    public IReadOnlyList<ResolverOperator> Operators { get; }

    /// <summary>What is registered: by a method of TensorFlow Lite Micro, or by a registration that the program brings.</summary>
    public IEnumerable<ResolverOperator> Registered => Operators.Where(op => op.IsRegistered);

    /// <summary>The built-in operators that TensorFlow Lite Micro lacks: it refuses the model, as TINY3004 says.</summary>
    public IEnumerable<ResolverOperator> Missing => Operators.Where(op => !op.IsRegistered);

    /// <summary>
    /// The operators of some models. The interpreter looks up the operators of every subgraph, of those too that nothing calls, but not the codes that no
    /// operator uses.
    /// </summary>
    public static OpResolver Of(IEnumerable<TfliteModel> models)
    {
        IEnumerable<TfliteOperator> all = models.SelectMany(model => model.Subgraphs).SelectMany(subgraph => subgraph.Operators);
        return Of(all.Select(op => (op.Kind, op.IsCustom && op.CustomCode.Length > 0)));
    }

    /// <summary>The operators of some models from the <see cref="Words"/> of each.</summary>
    /// <exception cref="FormatException">They are not <see cref="AreWords">such words</see>.</exception>
    public static OpResolver OfWords(IEnumerable<string> words) => Of(words.SelectMany(Parse));

    /// <summary>Whether <paramref name="words"/> are what <see cref="Words"/> gives.</summary>
    public static bool AreWords(string words)
    {
        try
        {
            Parse(words);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static (string Kind, bool IsCustom)[] Parse(string words) =>
    [
        .. words.Split([Separator], StringSplitOptions.RemoveEmptyEntries).Select(word => word.StartsWith(Custom, StringComparison.Ordinal)
            ? (Encoding.UTF8.GetString(Convert.FromBase64String(word.Substring(Custom.Length))), true)
            : (word, false)),
    ];

    /// <summary>The operators in one line, to keep for a build in which the model is not read again.</summary>
    public string Words =>
        string.Join($"{Separator}", Operators.Select(op => op.IsCustom ? Custom + Convert.ToBase64String(Encoding.UTF8.GetBytes(op.Kind)) : op.Kind));

    private static OpResolver Of(IEnumerable<(string Kind, bool IsCustom)> operators) => new(
    [
        .. operators.Distinct()
            .Select(op => new ResolverOperator(op.Kind, op.IsCustom, ResolverMethods.BuiltIn.Find(op.Kind, op.IsCustom)))
            .OrderBy(op => op.Method?.Name ?? "~", StringComparer.Ordinal)
            .ThenBy(op => op.Kind, StringComparer.Ordinal)
            .ThenBy(op => op.IsCustom),
    ]);
}

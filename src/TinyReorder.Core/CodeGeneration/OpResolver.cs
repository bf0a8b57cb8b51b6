using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Tflite;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// The operators that an interpreter of TensorFlow Lite Micro has to know for a model, or for several that share a resolver: each once, in ordinal order.
/// </summary>
public sealed class OpResolver
{
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
        ResolverOperator[] operators =
        [
            .. all.GroupBy(op => (op.IsCustom, op.Kind))
                .Select(group => new ResolverOperator(group.Key.Kind, group.First().IsCustom && group.First().CustomCode.Length > 0, ResolverMethods.BuiltIn.Find(group.First())))
                .OrderBy(op => op.Method?.Name ?? "~", StringComparer.Ordinal)
                .ThenBy(op => op.Kind, StringComparer.Ordinal)
                .ThenBy(op => op.IsCustom),
        ];
        return new OpResolver(operators);
    }
}

using System.Globalization;
using TinyReorder.Rewrites.Drafts;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>
/// Runs equal operators once. Two operators of one kind, version and options that read the same tensors write the same bytes, where neither has effects. Two
/// VAR_HANDLE of one variable give the same handle, which nothing changes.
/// </summary>
internal sealed class EqualOperators : SimplifyRule
{
    private const int MostCompared = 4096;

    public override string Name => "equal";

    public override bool Apply(SimpleGraph graph)
    {
        bool isChanged = false;
        var first = new Dictionary<string, SimpleOperator>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var known = new Dictionary<DraftTensor, int>();
        foreach (SimpleOperator op in graph.Operators)
        {
            bool isHandle = op.Kind == "VAR_HANDLE" && op.Outputs.Length == 1 && !graph.IsOutput(op.Outputs[0]);
            if (op.Outputs.Length == 0 || (!isHandle && (graph.HasEffects(op) || op.Outputs.Any(output => !SimpleGraph.IsActivation(output))))
                || OptionsText.Of(graph.Model, op) is not { } options)
                continue;
            // The second input of a RESHAPE says what its output's shape says.
            IEnumerable<DraftTensor?> read = op.Kind == "RESHAPE" ? op.Inputs.Take(1) : op.Inputs;
            string key = string.Join(" ", op.Like.Code, op.Like.Version, options, string.Join(",", read.Select(Number)),
                string.Join(",", op.Outputs.Select(Description)));
            if (first.TryGetValue(key, out SimpleOperator? same))
                isChanged |= Merge(graph, op, same);
            else
                first[key] = op;
        }
        return isChanged;

        int Number(DraftTensor? tensor)
        {
            if (tensor is null)
                return -1;
            if (!known.TryGetValue(tensor, out int number))
            {
                // Constants are the same where their data, shape and quantization are.
                string text = graph.FindData(tensor) is { } data ? $"{Data(tensor, data)} {Description(tensor)}" : $"tensor {known.Count}";
                known[tensor] = number = numbers.TryGetValue(text, out int same) ? same : numbers[text] = numbers.Count;
            }
            return number;
        }
    }

    private bool Merge(SimpleGraph graph, SimpleOperator op, SimpleOperator same)
    {
        if (op.Outputs.Length == 1)
            return graph.Bypass(op, same.Outputs[0], Name);
        if (op.Outputs.Any(graph.IsOutput))
            return false;
        graph.Remove(op, Name, same.Index);
        for (int i = 0; i < op.Outputs.Length; i++)
            graph.Redirect(op.Outputs[i], same.Outputs[i]);
        return true;
    }

    /// <summary>Large data are the same where they are stored once.</summary>
    private static string Data(DraftTensor tensor, ArraySegment<byte> data) => data.Count > MostCompared && (tensor.Kept ?? tensor.DataOf) is { } held
        ? $"buffer {held.Buffer}" : Convert.ToBase64String(data.Array!, data.Offset, data.Count);

    private static string Description(DraftTensor tensor) => string.Join("/", tensor.Type, string.Join("x", tensor.Shape), tensor.Like is { } like
        ? string.Join(" ", string.Join(",", like.Scales.Select(scale => scale.ToString("R", CultureInfo.InvariantCulture))), like.ZeroPointCount > 1
            ? $"of tensor {like.Index}" : like.ZeroPoint.ToString(CultureInfo.InvariantCulture), like.QuantizedDimension) : "");
}

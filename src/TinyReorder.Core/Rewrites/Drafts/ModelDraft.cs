using TinyReorder.Operators;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Drafts;

/// <summary>A model that is being rewritten; weights and options stay where they are in the file.</summary>
internal sealed class ModelDraft
{
    // Buffers of converters begin at multiples of 16. For small tables that would cost 8 B each, and numbers of 4 bytes are the widest that kernels read of them.
    private const int TableAlignment = 4, DataAlignment = 16, LargeBytes = 256;

    private readonly TfliteModel model;

    /// <summary>The model as it is.</summary>
    public ModelDraft(TfliteModel model)
    {
        this.model = model;
        TfliteSubgraph subgraph = model.Subgraphs[0];
        Tensors = [.. subgraph.Tensors.Select(DraftTensor.Of)];
        var main = new DraftSubgraph(subgraph.Name);
        main.Inputs.AddRange(subgraph.Inputs.Select(t => Tensors[t]));
        main.Outputs.AddRange(subgraph.Outputs.Select(t => Tensors[t]));
        main.Operators.AddRange(subgraph.Operators.Select(op => DraftOperator.Of(op, Tensors)));
        Subgraphs = [main];
    }

    /// <summary>The model with these in the place of its subgraphs, one for each.</summary>
    public ModelDraft(TfliteModel model, IEnumerable<DraftSubgraph> subgraphs)
    {
        this.model = model;
        Tensors = [];
        Subgraphs = [.. subgraphs];
    }

    /// <summary>The tensors of the file's first subgraph.</summary>
    public IReadOnlyList<DraftTensor> Tensors { get; }

    /// <summary>The subgraphs; the first is the model's.</summary>
    public List<DraftSubgraph> Subgraphs { get; }

    /// <summary>
    /// Whether a model can be drafted: it has one subgraph, a root table that can be written anew, and nothing in it speaks of tensors or operators by index
    /// but what is written anew (intermediate tensors, order constraints and custom options outside of the flatbuffer do). It keeps no state: of operators with
    /// effects it may have custom ones, which keep their order.
    /// </summary>
    public static bool CanDraft(TfliteModel model) =>
        model.Subgraphs.Count == 1 && ModelEditor.CanEdit(model) && model.BufferCount > 0 && model.BufferBytes(0).Count == 0 && model.AbsoluteOffsetFields.Count == 0
        && model.ControlDependencies.All(pairs => pairs.Count == 0)
        && model.Subgraphs[0].Operators.All(op => op.Intermediates.Count == 0 && !op.MutatesInputs && op.Outputs.All(t => t >= 0)
            && (op.IsCustom ? !UsesState(model, op) : !OperatorEffects.Has(model, model.Subgraphs[0], op)));

    private static bool UsesState(TfliteModel model, TfliteOperator op) => op.Inputs.Concat(op.Outputs).Where(t => t >= 0)
        .Select(t => model.Subgraphs[0].Tensors[t])
        .Any(tensor => tensor.IsVariable || tensor.Type is TensorType.Resource or TensorType.Variant || model.WrittenBuffers.Contains(tensor.Buffer));

    /// <summary>Writes the draft.</summary>
    /// <param name="places">The subgraph and index that each tensor of the draft has in the written model; one that is named in two subgraphs has the last.</param>
    public TfliteModel Write(out Dictionary<DraftTensor, (int Subgraph, int Tensor)> places)
    {
        var editor = new ModelEditor(model);
        var buffers = new Dictionary<string, int>(StringComparer.Ordinal);
        places = [];
        for (int s = 0; s < Subgraphs.Count; s++)
        {
            if (Subgraphs[s].IsAsItWas)
                continue;
            bool isOfFile = s < model.Subgraphs.Count;
            IReadOnlyList<DraftTensor> tensors = isOfFile ? InPlace(Subgraphs[s].Tensors(isNew: false)) : Subgraphs[s].Tensors(isNew: true);
            var indices = new Dictionary<DraftTensor, int>();
            for (int i = 0; i < tensors.Count; i++)
            {
                indices[tensors[i]] = i;
                places[tensors[i]] = (s, i);
            }
            // A new subgraph is made of what the first one has.
            int home = isOfFile ? s : 0;
            SubgraphEdit edit = isOfFile
                ? editor.Replace(s, tensors.Where(tensor => tensor.Kept is not null).ToDictionary(tensor => tensor.Kept!.Index, tensor => indices[tensor]))
                : editor.AddSubgraph(Subgraphs[s].Name, out _);
            foreach (DraftTensor tensor in tensors)
                edit.AddTensor(Table(tensor, home, editor, buffers));
            edit.Inputs.AddRange(Subgraphs[s].Inputs.Select(tensor => indices[tensor]));
            edit.Outputs.AddRange(Subgraphs[s].Outputs.Select(tensor => indices[tensor]));
            edit.Operators.AddRange(Subgraphs[s].Operators.Select(op => Edited(op, home, isOfFile, indices, editor)));
        }
        return TfliteModel.Load(editor.Write(model.Bytes), model.Name);
    }

    /// <summary>
    /// The tensors with as many of the file's as possible at the index that they have: operators that name no other tensor stay as they stand in the file.
    /// </summary>
    private static DraftTensor[] InPlace(IReadOnlyList<DraftTensor> tensors)
    {
        var places = new DraftTensor?[tensors.Count];
        var others = new Queue<DraftTensor>();
        foreach (DraftTensor tensor in tensors)
        {
            if (tensor.Kept is { } kept && kept.Index < places.Length)
                places[kept.Index] = tensor;
            else
                others.Enqueue(tensor);
        }
        return [.. places.Select(tensor => tensor ?? others.Dequeue())];
    }

    private static EditedOperator Edited(DraftOperator op, int home, bool isOfFile, Dictionary<DraftTensor, int> indices, ModelEditor editor)
    {
        int[] inputs = [.. op.Inputs.Select(tensor => tensor is null ? -1 : indices[tensor])], outputs = [.. op.Outputs.Select(tensor => indices[tensor])];
        bool isAsItWas = isOfFile && op.Like is { } known && op.Options is null && inputs.SequenceEqual(known.Inputs) && outputs.SequenceEqual(known.Outputs);
        return isAsItWas ? new EditedOperator(op.Like!.Index) : new EditedOperator(new NewOperator
        {
            Code = op.Like is { } like ? editor.OperatorCodeOf(home, like.Index) : editor.OperatorCode(op.Code, op.Version),
            Inputs = inputs,
            Outputs = outputs,
            Options = op.Options,
            OptionsOf = op.Like is { } of ? (home, of.Index) : null,
        });
    }

    private static NewTensor Table(DraftTensor tensor, int home, ModelEditor editor, Dictionary<string, int> buffers)
    {
        if (tensor.Kept is { } kept)
            return new NewTensor { Table = (home, kept.Index) };
        return new NewTensor
        {
            Shape = tensor.Shape,
            Type = tensor.Type,
            Buffer = tensor.Data is { } data ? Buffer(data, editor, buffers) : tensor.DataOf?.Buffer ?? 0,
            QuantizationOf = tensor.Like is { } like ? (home, like.Index) : null,
        };
    }

    /// <summary>Equal data is stored once.</summary>
    private static int Buffer(byte[] data, ModelEditor editor, Dictionary<string, int> buffers)
    {
        string key = Convert.ToBase64String(data);
        return buffers.TryGetValue(key, out int known) ? known : buffers[key] = editor.AddBuffer(data, data.Length < LargeBytes ? TableAlignment : DataAlignment);
    }
}

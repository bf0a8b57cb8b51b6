using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Rewrites.Simplify;

/// <summary>An operator of a graph that is being simplified.</summary>
internal sealed class SimpleOperator(TfliteOperator like, IReadOnlyList<DraftTensor> tensors)
{
    /// <summary>The operator as the file has it.</summary>
    public TfliteOperator Like => like;

    /// <summary>Its index in the file.</summary>
    public int Index => like.Index;

    /// <summary>What it is called.</summary>
    public string Kind => like.Kind;

    /// <summary>What it reads now; null for an input that is left out.</summary>
    public DraftTensor?[] Inputs { get; } = [.. like.Inputs.Select(t => t < 0 ? null : tensors[t])];

    /// <summary>What it writes now.</summary>
    public DraftTensor[] Outputs { get; } = [.. like.Outputs.Select(t => tensors[t])];

    /// <summary>Other options than the file's; null for those.</summary>
    public NewOptions? Options { get; set; }

    /// <summary>Whether it is gone.</summary>
    public bool IsGone { get; set; }

    /// <summary>The same in a draft.</summary>
    public DraftOperator ToDraft() => new() { Like = like, Options = Options, Inputs = Inputs, Outputs = Outputs };
}

using TinyReorder.Rewrites.Drafts;

namespace TinyReorder.Rewrites.Streams;

/// <summary>What tensors of a draft lie on each other in the plan.</summary>
internal sealed class LoopTies
{
    /// <summary>Groups of tensors that have one place: a loop's variable in the caller, the condition and the body.</summary>
    public List<List<DraftTensor>> Groups { get; } = [];

    /// <summary>How many bytes behind the place of its group a tensor begins, where it does not begin there.</summary>
    public List<(DraftTensor Tensor, long Bytes)> Offsets { get; } = [];

    /// <summary>Two tensors that may have bytes in common: the first starts so many bytes above the second, or exactly so many.</summary>
    public List<(DraftTensor Upper, DraftTensor Lower, long DistanceBytes, bool IsExact)> Pairs { get; } = [];

    /// <summary>Tensors of the caller that hold nothing but what another tensor holds.</summary>
    public List<DraftTensor> Uncounted { get; } = [];
}

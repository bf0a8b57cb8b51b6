using TinyReorder.Rewrites.Drafts;
using TinyReorder.Tflite;

namespace TinyReorder.Rewrites.Streams;

/// <summary>What stands in the place of rows and columns outside of an image.</summary>
internal sealed class RowPadding
{
    private static readonly byte[] LowestSingle = [0xFF, 0xFF, 0x7F, 0xFF], LowestByte = [0x80];

    private readonly TfliteTensor like;
    private readonly byte[] element;

    /// <summary>The padding of an operator that reads rows of <paramref name="like"/>.</summary>
    /// <param name="like">A tensor of the type and quantization.</param>
    /// <param name="isLowest">
    /// Whether it is the lowest value, below which a maximum never is and from which MAX_POOL_2D starts (reference/pooling.h); else it is zero as the
    /// quantization has it.
    /// </param>
    public RowPadding(TfliteTensor like, bool isLowest)
    {
        this.like = like;
        bool isByte = like.Type == TensorType.Int8;
        element = isLowest ? isByte ? LowestByte : LowestSingle : isByte ? [unchecked((byte)like.ZeroPoint)] : new byte[like.Type.ElementBytes()];
    }

    /// <summary>A text that only an equal padding has.</summary>
    public string Key => $"{like.Index}/{string.Join(",", element)}";

    /// <summary>Rows that nobody has made yet.</summary>
    public DraftTensor Unmade(int[] shape) => DraftTensor.WithShape(like, shape);

    /// <summary>A constant of padding.</summary>
    public DraftTensor Of(int[] shape)
    {
        byte[] data = new byte[BytesOf(shape)];
        for (int i = 0; i < data.Length; i++)
            data[i] = element[i % element.Length];
        return DraftTensor.Constant(like.Type, shape, data, like);
    }

    /// <summary>The bytes of a tensor of a shape.</summary>
    public long BytesOf(int[] shape) => shape.Aggregate((long)element.Length, (product, dimension) => product * dimension);
}

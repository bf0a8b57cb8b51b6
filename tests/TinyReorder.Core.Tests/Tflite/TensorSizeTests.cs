using TinyReorder.Tflite;

namespace TinyReorder.Tests.Tflite;

public class TensorSizeTests
{
    [Theory]
    [InlineData(1, nameof(TensorType.UInt8), nameof(TensorType.Bool), nameof(TensorType.Int8), nameof(TensorType.Int4), nameof(TensorType.Int2),
        nameof(TensorType.UInt4), nameof(TensorType.Float8E4M3FN), nameof(TensorType.Float8E5M2))]
    [InlineData(2, nameof(TensorType.Float16), nameof(TensorType.Int16), nameof(TensorType.UInt16), nameof(TensorType.BFloat16))]
    [InlineData(4, nameof(TensorType.Float32), nameof(TensorType.Int32), nameof(TensorType.UInt32), nameof(TensorType.Resource))]
    [InlineData(8, nameof(TensorType.Int64), nameof(TensorType.UInt64), nameof(TensorType.Float64), nameof(TensorType.Complex64))]
    [InlineData(16, nameof(TensorType.Complex128))]
    [InlineData(0, nameof(TensorType.String), nameof(TensorType.Variant), "23", "-1")]
    public void An_element_takes_what_the_interpreter_counts(int bytes, params string[] types)
    {
        foreach (string type in types)
            Assert.Equal(bytes, Enum.Parse<TensorType>(type).ElementBytes());
    }

    [Fact]
    public void The_schemas_types_are_known()
    {
        Assert.All(Enum.GetValues<TensorType>(), type => Assert.True(type.IsKnown()));
        Assert.False(((TensorType)(-1)).IsKnown());
        Assert.False(((TensorType)23).IsKnown());
    }

    [Theory]
    [InlineData(1L, 4L)]
    [InlineData(0L, 0L, int.MaxValue, 0, int.MaxValue, int.MaxValue)]
    [InlineData(0L, 0L, 0)]
    [InlineData(24L, 96L, 2, 3, 4)]
    [InlineData(1L << 60, 1L << 62, 1 << 30, 1 << 30)]
    [InlineData(1L << 61, long.MaxValue, 1 << 30, 1 << 30, 2)]
    [InlineData(1L << 62, long.MaxValue, 1 << 30, 1 << 30, 4)]
    [InlineData(long.MaxValue, long.MaxValue, 1 << 30, 1 << 30, 8)]
    [InlineData(long.MaxValue, long.MaxValue, 1 << 30, 1 << 30, 1 << 30, 1 << 30)]
    public void Sizes_are_exact_until_they_do_not_fit(long elements, long bytes, params int[] shape)
    {
        TfliteTensor tensor = Tensor(TensorType.Float32, shape);
        Assert.Equal((elements, bytes), (tensor.ElementCount, tensor.Bytes));
    }

    [Fact]
    public void The_largest_sizes_fit()
    {
        // (2^31 - 1) * (2^31 + 1) = 2^62 - 1
        int[] half = [int.MaxValue, 715_827_883, 3];
        Assert.Equal((1L << 62) - 1, Tensor(TensorType.Int8, half).ElementCount);
        Assert.Equal(long.MaxValue - 1, Tensor(TensorType.Float16, half).Bytes);
        Assert.Equal(long.MaxValue - 1, Tensor(TensorType.Int8, [.. half, 2]).ElementCount);
        Assert.Equal(0, Tensor(TensorType.String, [3]).Bytes);
    }

    private static TfliteTensor Tensor(TensorType type, int[] shape) => new()
    {
        Index = 0,
        Name = "",
        Shape = shape,
        Type = type,
        Buffer = 0,
        IsConstant = false,
        IsVariable = false,
        Scales = [],
        ZeroPointCount = 0,
        ZeroPoint = 0,
        QuantizedDimension = 0,
        IsSparse = false,
    };
}

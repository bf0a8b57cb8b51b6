using System.Text;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Support;

/// <summary>Operators that the interpreter has beside the built-in ones.</summary>
public class CompilerOperatorTests
{
    [Fact]
    public void Every_operator_that_the_resolver_registers_is_known_to_the_profiles_of_its_version()
    {
        foreach (string kernels in new[] { "reference", "cmsis-nn-c", "cmsis-nn-dsp", "cmsis-nn-mve", "esp-nn", "esp-nn-s3", "esp-nn-p4" })
        {
            string[] lacking = ResolverMethods.BuiltIn.BuiltinKinds.Concat(ResolverMethods.BuiltIn.CustomCodes)
                .Except(RuntimeProfile.Find(kernels).OperatorKinds).ToArray();
            Assert.Equal(kernels.StartsWith("esp", StringComparison.Ordinal) ? ["ethos-u"] : [], lacking);
        }
    }

    [Theory]
    [InlineData("esp-nn", true)]
    [InlineData("reference", false)]
    public void An_accelerator_that_a_library_cannot_call_is_named(string kernels, bool isNamed)
    {
        var builder = new ModelBuilder();
        ModelTensor commands = SupportCases.Zeros(builder, "commands", [64], TensorType.UInt8), y = builder.Tensor("y", [1, 4]);
        builder.Custom("ethos-u", [commands, builder.Input("x", [1, 8])], [y], [1, 4, 1]);
        builder.Output(y);

        string[] refusals = SupportCases.Refusals(builder, kernels);

        Assert.Equal(isNamed ? 1 : 0, refusals.Length);
        Assert.All(refusals, refusal =>
            Assert.Contains("was compiled for an accelerator, which this library cannot call; ", refusal, StringComparison.Ordinal));
    }

    [Fact]
    public void Ethos_U_takes_an_address_and_a_size_for_each_tensor()
    {
        var builder = new ModelBuilder();
        ModelTensor commands = SupportCases.Zeros(builder, "commands", [64], TensorType.UInt8),
            weights = SupportCases.Zeros(builder, "weights", [16], TensorType.UInt8);
        ModelTensor scratch = builder.Tensor("scratch", [65_536], TensorType.UInt8), x = builder.Input("x", [1, 8]), y = builder.Tensor("y", [1, 4]);
        builder.Custom("ethos-u", [commands, weights, scratch, x], [y], [1, 4, 1]);
        builder.Output(y);

        TflmAllocation allocation = Allocate(builder);

        Assert.True(allocation.Exact);
        Assert.Empty(allocation.Diagnostics);
        Assert.Equal([48L, 32L], allocation.Buffers.Where(buffer => buffer.IsScratch).Select(buffer => buffer.Bytes));
        Assert.Equal(65_536 + 16 + 16 + 48 + 32, allocation.HeadBytes);
    }

    /// <summary>The arenas are what the interpreter takes.</summary>
    [Theory]
    [InlineData(0, 528, 736)]
    [InlineData(1, 512, 704)]
    [InlineData(2, 528, 736)]
    public void What_is_unpacked_keeps_a_state_of_its_kind(byte kind, long oneBytes, long twoBytes)
    {
        TflmAllocation one = Allocate(Decoded(kind, outputs: 1)), two = Allocate(Decoded(kind, outputs: 2));

        Assert.True(one.Exact);
        Assert.Empty(one.Diagnostics);
        Assert.Equal((oneBytes, twoBytes), (one.ArenaBytes, two.ArenaBytes));
    }

    [Fact]
    public void What_is_unpacked_in_an_unknown_way_makes_an_upper_bound()
    {
        ModelBuilder builder = Decoded(kind: 3, outputs: 1);

        Assert.False(Allocate(builder).Exact);
        Assert.Contains("unpacks something in a way or of a version that the kernel does not have", Assert.Single(SupportCases.Refusals(builder)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TensorType.Float32), new[] { 1, 10, 4 }, new[] { 1, 10 }, null)]
    [InlineData(nameof(TensorType.Float32), new int[0], new int[0],
        "writes up to 160 B into output 0, which has the shape [] and 4 B: the kernel writes past its end, over other tensors; the interpreter will refuse "
        + "or misrun the model; give its outputs the shapes [1, 10, 4], [1, 10], [1, 10] and [1]")]
    [InlineData(nameof(TensorType.Int8), new[] { 1, 10, 4 }, new[] { 1, 10 },
        "has boxes or scores that are not FLOAT32, so that every Invoke fails; the interpreter will refuse or misrun the model; put a DEQUANTIZE before it")]
    public void Detections_have_room_and_come_from_floats(string typeName, int[] boxes, int[] values, string? message)
    {
        TensorType type = Enum.Parse<TensorType>(typeName);
        var builder = new ModelBuilder();
        ModelTensor[] inputs = [builder.Input("boxes", [1, 20, 4], type), builder.Input("scores", [1, 20, 3], type),
            SupportCases.Zeros(builder, "anchors", [20, 4], TensorType.Float32)];
        ModelTensor F(string name, int[] shape) => builder.Tensor(name, shape, TensorType.Float32);
        ModelTensor[] outputs = [F("o0", boxes), F("o1", values), F("o2", values), F("o3", [1])];
        builder.Custom("TFLite_Detection_PostProcess", inputs, outputs, Options(("max_classes_per_detection", 1), ("max_detections", 10), ("num_classes", 2)));
        builder.Output(outputs);

        string[] refusals = SupportCases.Refusals(builder);

        if (message is null)
            Assert.Empty(refusals);
        else
            Assert.Contains(message, Assert.Single(refusals), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 1, 10, 20, null)]
    [InlineData(nameof(TensorType.UInt8), new[] { 20, 4 }, 1, 10, 20, "has anchors of UINT8 [20, 4], of which the kernel reads FLOAT32 [20, 4]")]
    [InlineData(nameof(TensorType.Float32), new[] { 19, 4 }, 1, 10, 20, "has anchors of FLOAT32 [19, 4]")]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 0, 10, 20,
        "asks for no detections, no classes of one or none of a class, so that every Invoke fails")]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 2, 10, 39, "writes up to 640 B into output 0")]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 2, 10, 40, null)]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 1, 100, 20, null)]
    [InlineData(nameof(TensorType.Float32), new[] { 20, 4 }, 1, 100, 19, "writes up to 320 B into output 0")]
    public void Detections_have_anchors_and_rows_for_every_class(string typeName, int[] anchors, byte classes, byte most, int rows, string? message)
    {
        TensorType type = Enum.Parse<TensorType>(typeName);
        var builder = new ModelBuilder();
        ModelTensor F(string name, params int[] shape) => builder.Tensor(name, shape, TensorType.Float32);
        ModelTensor[] inputs = [builder.Input("boxes", [1, 20, 4], TensorType.Float32), builder.Input("scores", [1, 20, 3], TensorType.Float32),
            SupportCases.Zeros(builder, "anchors", anchors, type)];
        ModelTensor[] outputs = [F("o0", 1, rows, 4), F("o1", 1, rows), F("o2", 1, rows), F("o3", 1)];
        builder.Custom("TFLite_Detection_PostProcess", inputs, outputs,
            Options(("max_classes_per_detection", classes), ("max_detections", most), ("num_classes", 2)));
        builder.Output(outputs);

        string[] refusals = SupportCases.Refusals(builder);

        Assert.Equal(message is null ? 0 : 1, refusals.Length);
        Assert.All(refusals, refusal => Assert.Contains(message!, refusal, StringComparison.Ordinal));
    }

    private static ModelBuilder Decoded(byte kind, int outputs)
    {
        var builder = new ModelBuilder();
        var inputs = new List<ModelTensor>();
        for (int i = 0; i < outputs; i++)
        {
            inputs.Add(SupportCases.Zeros(builder, $"packed{i}", [16], TensorType.UInt8));
            inputs.Add(builder.Constant($"how{i}", [32], TensorType.UInt8, [kind, 1, 0, 0, 1, 1, 2, .. new byte[25]]));
        }
        ModelTensor[] unpacked = Enumerable.Range(0, outputs).Select(i => builder.Tensor($"o{i}", [1, 16])).ToArray();
        builder.Custom("TFLM_DECODE", inputs, unpacked);
        builder.Output(unpacked);
        return builder;
    }

    /// <summary>A FlexBuffers map of small numbers; the keys come in order.</summary>
    private static byte[] Options(params (string Key, byte Value)[] entries)
    {
        var bytes = new List<byte>();
        int[] keys = entries.Select(entry =>
        {
            int at = bytes.Count;
            bytes.AddRange(Encoding.ASCII.GetBytes(entry.Key + "\0"));
            return at;
        }).ToArray();
        bytes.Add((byte)entries.Length);
        int vector = bytes.Count;
        foreach (int key in keys)
            bytes.Add((byte)(bytes.Count - key));
        bytes.AddRange([(byte)(bytes.Count - vector), 1, (byte)entries.Length]);
        int values = bytes.Count;
        bytes.AddRange(entries.Select(entry => entry.Value));
        bytes.AddRange(entries.Select(_ => (byte)4));
        bytes.AddRange([(byte)(bytes.Count - values), 9 << 2, 1]);
        return [.. bytes];
    }

    private static TflmAllocation Allocate(ModelBuilder builder)
    {
        var allocator = new TflmAllocator(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find("reference"));
        return allocator.Allocate(allocator.FileOrders());
    }
}

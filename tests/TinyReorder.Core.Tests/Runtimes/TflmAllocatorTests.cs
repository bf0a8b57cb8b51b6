using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class TflmAllocatorTests
{
    [Fact]
    public void Scratch_is_reserved_rounded_up()
    {
        TflmAllocator allocator = Allocator(Convolution(channels: 3), "cmsis-nn");

        // A 3x3 window over 3 channels is 27 elements, rounded up to 28, four bytes each.
        Assert.Equal([112], allocator.ScratchBytes(0, 0));
        Assert.Equal(112, allocator.ReservedBytes(0, 0));
        // SOFTMAX over 71 elements, a word each.
        TflmAllocator esp = Allocator(Convolution(channels: 5, filters: 71), "esp-nn");
        Assert.Equal([284], esp.ScratchBytes(0, 2));
        Assert.Equal(288, esp.ReservedBytes(0, 2));
    }

    [Fact]
    public void A_plan_that_repeats_the_device_changes_nothing()
    {
        TflmAllocator allocator = Allocator(Branches(), "reference");
        TflmAllocation device = allocator.Allocate(allocator.FileOrders());
        long[] offsets = Enumerable.Repeat(OfflinePlan.Online, allocator.TensorCount).ToArray();
        foreach (TflmBuffer buffer in device.Buffers)
            offsets[buffer.Tensor] = buffer.Offset;

        TflmAllocation offline = allocator.Allocate(allocator.FileOrders(), new OfflinePlan(offsets));

        Assert.Equal(device.Buffers.Select(buffer => buffer.Offset), offline.Buffers.Select(buffer => buffer.Offset));
        Assert.Equal(device.ArenaBytes, offline.ArenaBytes);
        Assert.All(offline.Buffers, buffer => Assert.Equal(buffer.Offset, buffer.OfflineOffset));
    }

    [Fact]
    public void Scratch_is_fitted_around_a_plan()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Conv2D(builder.Input("x", [1, 6, 6, 3]), 8, 3));
        TflmAllocator allocator = Allocator(builder, "cmsis-nn");
        TflmAllocation device = allocator.Allocate(allocator.FileOrders());
        long[] offsets = Enumerable.Repeat(OfflinePlan.Online, allocator.TensorCount).ToArray();
        foreach (TflmBuffer buffer in device.Buffers.Where(buffer => !buffer.IsScratch))
            offsets[buffer.Tensor] = buffer.Offset + 112;

        TflmAllocation shifted = allocator.Allocate(allocator.FileOrders(), new OfflinePlan(offsets));

        TflmBuffer scratch = Assert.Single(shifted.Buffers, buffer => buffer.IsScratch);
        Assert.Equal(0, scratch.Offset);
        Assert.Equal(device.PlannedBytes + 112, shifted.HeadBytes);
        Assert.Equal(0, shifted.ScratchBytes);
    }

    [Fact]
    public void The_plan_that_a_file_carries_is_the_one_the_device_takes()
    {
        ModelBuilder builder = Branches();
        TflmAllocator plain = Allocator(builder, "reference");
        int[] offsets = Enumerable.Repeat(-1, plain.TensorCount).ToArray();
        offsets[0] = 4_096;
        builder.OfflinePlan(offsets);
        TflmAllocator carrying = Allocator(builder, "reference");

        TflmAllocation own = carrying.Allocate(carrying.FileOrders());
        TflmAllocation online = carrying.Allocate(carrying.FileOrders(), new OfflinePlan(Enumerable.Repeat(OfflinePlan.Online, plain.TensorCount).ToArray()));

        Assert.Equal(4_096, own.Buffers[0].Offset);
        Assert.Equal(DiagnosticCodes.ExistingOfflinePlan, Assert.Single(own.Diagnostics).Code);
        Assert.Equal(plain.Allocate(plain.FileOrders()).ArenaBytes, online.ArenaBytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_carried_plan_for_another_number_of_tensors_is_refused(int tensors)
    {
        ModelBuilder builder = Branches();
        builder.OfflinePlan(new int[tensors]);

        AssertRefused(DiagnosticCodes.BadMetadata, builder);
    }

    [Fact]
    public void A_carried_plan_that_is_cut_short_is_refused()
    {
        ModelBuilder builder = Branches();
        builder.Metadata("OfflineMemoryAllocation", [1, 0, 0, 0, 0, 0, 0, 0]);

        AssertRefused(DiagnosticCodes.BadMetadata, builder);
    }

    [Fact]
    public void Resource_variables_live_outside_of_the_plan()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 100]);
        ModelTensor first = builder.VarHandle("a"), second = builder.VarHandle("b"), again = builder.VarHandle("a");
        builder.AssignVariable(first, x);
        builder.AssignVariable(second, x);
        builder.AssignVariable(again, x);
        builder.Output(builder.ReadVariable(first, [1, 100]));
        TflmAllocator allocator = Allocator(builder, "reference");

        TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());

        Assert.Equal(2, allocation.Buffers.Count);
        Assert.Equal(2, allocation.ResourceVariableCount);
        // 12 bytes and 20 for each of two, both aligned, behind 116 bytes of objects.
        Assert.InRange(allocation.ResourceVariableBytes, 48, 64);
        Assert.Equal(0, allocation.ResourceVariableBytes % 16);
        Assert.False(allocator.IsPlanned(0, first.Index));
    }

    [Fact]
    public void Variable_tensors_are_kept_not_planned()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 64]), state = builder.Variable("state", [1, 64]);
        builder.Output(builder.Add(x, state));
        var plain = new ModelBuilder();
        ModelTensor a = plain.Input("x", [1, 64]), b = plain.Constant("state", [1, 64], TensorType.Int8, new byte[64], Quantization.Activation);
        plain.Output(plain.Add(a, b));

        TflmAllocation with = Allocate(builder), without = Allocate(plain);

        Assert.Equal(without.HeadBytes, with.HeadBytes);
        Assert.Equal(without.PersistentBytes + 64, with.PersistentBytes);
    }

    [Fact]
    public void A_tensor_that_nothing_touches_is_planned_all_the_same()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 64]);
        builder.Output(builder.Relu(x));
        builder.Tensor("forgotten", [1, 160]);
        TflmAllocation allocation = Allocate(builder);

        Assert.Equal(160, allocation.HeadBytes);
        Assert.Equal((-1, -1), (allocation.Buffers[2].First, allocation.Buffers[2].Last));
    }

    [Fact]
    public void An_unknown_operator_is_named_and_makes_an_upper_bound()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 64]), y = builder.Tensor("y", [1, 64]), z = builder.Tensor("z", [1, 64]);
        builder.Custom("Mystery", [x], [y]);
        builder.Custom("Riddle", [y], [z]);
        builder.Output(z);
        var known = new ModelBuilder();
        known.Output(known.Relu(known.Relu(known.Input("x", [1, 64]))));

        TflmAllocation allocation = Allocate(builder);

        Diagnostic diagnostic = Assert.Single(allocation.Diagnostics);
        Assert.Equal((DiagnosticCodes.UnknownOperator, DiagnosticSeverity.Warning), (diagnostic.Code, diagnostic.Severity));
        Assert.Contains("does not know Mystery, Riddle:", diagnostic.Message, StringComparison.Ordinal);
        Assert.False(allocation.Exact);
        Assert.True(allocation.ArenaBytes > Allocate(known).ArenaBytes + 2_048);
    }

    [Fact]
    public void A_custom_operator_with_a_built_in_name_is_not_the_built_in_one()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", [1, 64])));
        var model = TfliteModel.Load(builder.Build(), "m.tflite");
        TfliteOperator relu = model.Subgraphs[0].Operators[0];
        var disguised = new TfliteOperator
        {
            Index = 0,
            Code = BuiltinOperators.Custom,
            LongCode = BuiltinOperators.Custom,
            CustomCode = "RELU",
            Version = 1,
            Inputs = relu.Inputs,
            Outputs = relu.Outputs,
            Intermediates = [],
            MutatesInputs = false,
            Options = relu.Options,
        };

        Assert.NotNull(RuntimeProfile.Find("reference").FindKernel(relu));
        Assert.Null(RuntimeProfile.Find("reference").FindKernel(disguised));
    }

    [Fact]
    public void Orders_change_lifetimes()
    {
        TflmAllocator allocator = Allocator(Branches(), "reference");
        int[] other = [2, 3, 0, 1, 4];

        TflmAllocation file = allocator.Allocate(allocator.FileOrders()), reordered = allocator.Allocate([other]);

        Assert.NotEqual(file.Buffers.Select(buffer => (buffer.First, buffer.Last)), reordered.Buffers.Select(buffer => (buffer.First, buffer.Last)));
        Assert.Equal(file.PersistentBytes, reordered.PersistentBytes);
        Assert.Throws<ArgumentException>(() => allocator.Allocate([[0, 1, 2, 3, 3]]));
        Assert.Throws<ArgumentException>(() => allocator.Allocate([]));
        Assert.Throws<ArgumentException>(() => allocator.Allocate(allocator.FileOrders(), new OfflinePlan([0])));
    }

    /// <summary>1 to a pair of chains and their sum.</summary>
    private static ModelBuilder Branches()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 8, 8, 4]);
        ModelTensor left = builder.Relu(builder.Relu(x)), right = builder.Relu(builder.MaxPool(x, 3, 1));
        builder.Output(builder.Add(left, right));
        return builder;
    }

    private static ModelBuilder Convolution(int channels, int filters = 8)
    {
        var builder = new ModelBuilder();
        ModelTensor y = builder.Conv2D(builder.Input("x", [1, 6, 6, channels]), filters, 3);
        builder.Output(builder.Softmax(builder.Reshape(y, 36, filters)));
        return builder;
    }

    private static void AssertRefused(string code, ModelBuilder builder)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Allocator(builder, "reference")).Diagnostic;
        Assert.Equal((code, "m.tflite"), (diagnostic.Code, diagnostic.File));
    }

    private static TflmAllocator Allocator(ModelBuilder builder, string kernels) =>
        new(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find(kernels));

    private static TflmAllocation Allocate(ModelBuilder builder)
    {
        TflmAllocator allocator = Allocator(builder, "reference");
        return allocator.Allocate(allocator.FileOrders());
    }
}

using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class HostileOperatorTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 7, 65_536, int.MaxValue];
    private static readonly int[] Options = [int.MinValue, -1, 0, 1, 2, int.MaxValue];

    private const int Rounds = 40, RoundsOfOlder = 15;

    public static TheoryData<string> Ids => IdsOf(areDefaults: true);

    public static TheoryData<string> OlderIds => IdsOf(areDefaults: false);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Operators_of_any_form_end_in_a_number_or_one_diagnostic(string id) => Try(RuntimeProfile.Find(id), Rounds);

    [Theory]
    [MemberData(nameof(OlderIds))]
    [Trait("Category", "Slow")]
    public void In_older_versions_too_operators_of_any_form_end_in_a_number_or_one_diagnostic(string id) => Try(RuntimeProfile.Find(id), RoundsOfOlder);

    [Fact]
    public void A_stride_of_zero_makes_an_upper_bound()
    {
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 8, 8, 4]), y = builder.Conv2D(x, 4, 3);
        ModelOperator convolution = builder.Operators[0];
        convolution.Options = new OptionsTable(1, new FlatTableNode().Byte(0, 0).Int32(1, 0).Int32(2, 0));
        builder.Output(y);
        var allocator = new TflmAllocator(TfliteModel.Load(builder.Build(), "m.tflite"), RuntimeProfile.Find("cmsis-nn"));

        TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());

        Diagnostic diagnostic = Assert.Single(allocation.Diagnostics, found => found.Code == DiagnosticCodes.ScratchUpperBound);
        Assert.Contains("CONV_2D) of subgraph 0 has a stride or dilation below 1:", diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (diagnostic.Subgraph, diagnostic.Operator));
        Assert.False(allocation.Exact);
        Assert.True(allocator.ReservedBytes(0, 0) >= 4 * 4 * 9);
    }

    private static TheoryData<string> IdsOf(bool areDefaults) =>
        [.. RuntimeProfile.BuiltIn.Where(profile => profile.IsDefault == areDefaults).Select(profile => profile.Id)];

    private static void Try(RuntimeProfile profile, int rounds)
    {
        var random = new Pcg32(3);
        int allocated = 0, refused = 0;
        for (int round = 0; round < rounds; round++)
        {
            foreach (string kind in profile.OperatorKinds.Append("Unheard"))
            {
                var model = TfliteModel.Load(AnyOperator(random, kind).Build(), "m.tflite");
                try
                {
                    var allocator = new TflmAllocator(model, profile);
                    TflmAllocation allocation = allocator.Allocate(allocator.FileOrders());
                    Assert.InRange(allocation.ArenaBytes, 1, int.MaxValue);
                    Assert.Equal(0, allocation.ArenaBytes % 16);
                    Assert.True(allocator.ReservedBytes(0, 0) >= 0);
                    allocated++;
                }
                catch (TinyReorderException e)
                {
                    Assert.Contains(e.Diagnostic.Code,
                        new[] { DiagnosticCodes.SizeOverflow, DiagnosticCodes.CorruptFile, DiagnosticCodes.IndexOutOfRange, DiagnosticCodes.NotTopological });
                    Assert.Equal("m.tflite", e.Diagnostic.File);
                    refused++;
                }
            }
        }
        Assert.True(allocated > 25 * rounds && refused > 2 * rounds, $"{allocated} allocated, {refused} refused");
    }

    private static ModelBuilder AnyOperator(Pcg32 random, string kind)
    {
        var builder = new ModelBuilder();
        ModelTensor[] inputs = Enumerable.Range(0, random.Below(5)).Select(i => AnyTensor(random, builder, $"i{i}")).ToArray();
        ModelTensor[] outputs = Enumerable.Range(0, random.Below(3)).Select(i => AnyTensor(random, builder, $"o{i}")).ToArray();
        ModelOperator added = builder.Operator(kind, inputs, outputs);
        if (!random.OneIn(8))
        {
            var table = new FlatTableNode();
            for (int slot = 0; slot < 7; slot++)
                table.Int32(slot, random.Pick(Options), absent: 12_345);
            added.Options = new OptionsTable(1 + random.Below(100), table);
        }
        added.CustomOptions = Enumerable.Range(0, random.Below(24)).Select(_ => (byte)random.Below(random.OneIn(2) ? 256 : 8)).ToArray();
        return builder;
    }

    private static ModelTensor AnyTensor(Pcg32 random, ModelBuilder builder, string name)
    {
        TensorType type = random.Pick([TensorType.Int8, TensorType.Int16, TensorType.Float32, TensorType.Int4, TensorType.Int32]);
        int[] shape = Enumerable.Range(0, random.Below(6)).Select(_ => random.OneIn(12) ? random.Pick(Sizes) : random.Below(5)).ToArray();
        return random.OneIn(4)
            ? builder.Constant(name, shape, type, new byte[4], Quantization.PerChannel(new float[random.Below(6)]))
            : builder.Tensor(name, shape, type);
    }
}

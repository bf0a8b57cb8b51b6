using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;

namespace TinyReorder.Tests.Runtimes;

public class StructLayoutsTests
{
    // sizeof of 90b983c, measured on Arm with 1-byte and with 4-byte enumerations.
    [Theory]
    [InlineData("ADD", 2, 1, 8, 4)]
    [InlineData("CONV_2D", 28, 4, 28, 4)]
    [InlineData("FULLY_CONNECTED", 5, 1, 16, 4)]
    [InlineData("MUL", 1, 1, 4, 4)]
    [InlineData("SVDF", 8, 4, 12, 4)]
    [InlineData("TRANSPOSE_CONV", 16, 4, 20, 4)]
    [InlineData("AVERAGE_POOL_2D", 40, 4, 40, 4)]
    [InlineData("RESHAPE", 36, 4, 36, 4)]
    [InlineData("STRIDED_SLICE", 24, 4, 24, 4)]
    [InlineData("UNIDIRECTIONAL_SEQUENCE_LSTM", 16, 4, 16, 4)]
    public void Options_have_the_size_that_the_compiler_gives_them(string kind, long shortBytes, int shortAlignment, long intBytes, int intAlignment)
    {
        RuntimeProfile profile = RuntimeProfile.Find("reference");

        Assert.Equal(new Layout(shortBytes, shortAlignment), profile.Operators[kind].Options);
        Assert.Equal(new Layout(intBytes, intAlignment), (profile with { Abi = TargetAbi.IntEnums }).Operators[kind].Options);
    }

    [Fact]
    public void Tensor_objects_grow_with_enumerations_and_nodes_do_not()
    {
        RuntimeProfile profile = RuntimeProfile.Find("reference"), ints = profile with { Abi = TargetAbi.IntEnums };

        Assert.Equal((32L, 12L, 32L), (profile.Allocator.TensorBytes, profile.Allocator.EvalTensorBytes, profile.Allocator.NodeBytes));
        Assert.Equal((40L, 12L, 32L), (ints.Allocator.TensorBytes, ints.Allocator.EvalTensorBytes, ints.Allocator.NodeBytes));
    }

    [Theory]
    [InlineData("""["int16", "int64", "bool"]""", 24, 8)]
    [InlineData("""["bool*3", "int16"]""", 6, 2)]
    [InlineData("""["Inner", "bool"]""", 12, 4)]
    [InlineData("[]", 0, 1)]
    public void Fields_are_laid_out_at_their_alignment(string fields, long bytes, int alignment) =>
        Assert.Equal(new Layout(bytes, alignment), Load($$"""{ "Inner": ["float", "int16"], "Mine": {{fields}} }""").Operators["Mine"].Options);

    [Theory]
    [InlineData("""{ "Mine": ["word"] }""", "$.structs.Mine[0] names 'word'")]
    [InlineData("""{ "Mine": ["int*0"] }""", "$.structs.Mine[0] must be a type")]
    [InlineData("""{ "Mine": ["int*99999999999"] }""", "$.structs.Mine[0] must be a type")]
    [InlineData("""{ "Mine": ["Mine"] }""", "holds itself")]
    [InlineData("""{ "Mine": "int" }""", "$.structs.Mine must be an array")]
    [InlineData("""{ "Other": ["int"] }""", "$.operators.Mine.options names 'Mine'")]
    public void What_is_no_struct_is_reported_with_its_place(string structs, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(structs)).Diagnostic;

        Assert.Equal(DiagnosticCodes.BadProfileFile, diagnostic.Code);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    private static RuntimeProfile Load(string structs) => RuntimeProfile.Load(
        Encoding.UTF8.GetBytes($$"""
            { "schema": 1, "id": "mine", "extends": "tflm-reference-90b983c", "kernels": "mine", "version": "of today", "structs": {{structs}},
              "operators": { "Mine": { "options": "Mine", "source": "mine.cc" } } }
            """),
        "mine.json");
}

using System.Globalization;
using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Planning;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.CodeGeneration;

public class CodeGeneratorTests
{
    public static TheoryData<string> GoldenFiles { get; } = ["kws.h", "kws.c", "m1_model_v2.h", "m1_model_v2.c", "placed.h", "placed.c", "included.h",
        "included.S", "regional.h", "regional.c"];

    [Theory]
    [MemberData(nameof(GoldenFiles))]
    public void What_is_generated_is_the_golden_file(string name)
    {
        GeneratedModel model = new[] { Samples.Kws, Samples.Bare, Samples.Placed, Samples.Included, Samples.Regional }.Single(sample =>
            sample.Symbol == Path.GetFileNameWithoutExtension(name));
        string generated = name.EndsWith(".h", StringComparison.Ordinal) ? Samples.Header(model) : Samples.Source(model);
        string path = RepositoryFiles.PathOf("tests/TinyReorder.Core.Tests/CodeGeneration/golden", name);

        if (Environment.GetEnvironmentVariable("TINYREORDER_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, generated);
        Assert.Equal(File.ReadAllText(path), generated);
    }

    [SkippableTheory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_culture_changes_nothing(string name)
    {
        CultureInfo? culture = null;
        try
        {
            culture = new CultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            Skip.If(true, "the tests run without cultures; 'dotnet test -p:InvariantGlobalization=false' runs this one");
        }
        GeneratesTheSameIn(culture!);
    }

    [Fact]
    public void A_cultures_separators_and_signs_change_nothing()
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NumberGroupSizes = [2];
        culture.NumberFormat.NegativeSign = "~";
        GeneratesTheSameIn(culture);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(8191)]
    [InlineData(8192)]
    [InlineData(8193)]
    [InlineData(4 << 20)]
    public void Every_byte_of_the_model_stands_in_the_source_sixteen_a_line(int length)
    {
        byte[] model = new byte[length];
        new Random(7).NextBytes(model);
        StringBuilder expected = new();
        for (int i = 0; i < length; i += 16)
            expected.Append("    ").AppendJoin(", ", model.Skip(i).Take(16).Select(value => "0x" + value.ToString("x2", CultureInfo.InvariantCulture)))
                .Append(",\n");

        string source = Samples.Source(Samples.Kws with { Model = model });

        int start = source.IndexOf("= {\n", StringComparison.Ordinal) + 4;
        Assert.Equal(expected.ToString(), source.Substring(start, source.IndexOf("};", StringComparison.Ordinal) - start));
    }

    [Fact]
    public void The_model_is_streamed_in_small_pieces()
    {
        using CountingStream stream = new();

        new CodeGenerator().WriteSource(Samples.Kws with { Model = new byte[4 << 20] }, stream);

        Assert.InRange(stream.Written, 6L * (4 << 20), 7L * (4 << 20));
        Assert.InRange(stream.Largest, 1, 128 << 10);
    }

    [Fact]
    public void Generators_work_side_by_side()
    {
        string expected = Samples.Header(Samples.Kws);
        Parallel.For(0, 8, _ => Assert.Equal(expected, Samples.Header(Samples.Kws, new CodeGenerator())));
    }

    [Fact]
    public void Nothing_of_the_machine_or_the_day_is_in_the_files()
    {
        string text = Samples.Header(Samples.Kws) + Samples.Source(Samples.Kws);

        Assert.DoesNotContain(RepositoryFiles.Root, text, StringComparison.Ordinal);
        Assert.DoesNotContain(DateTime.Now.Year.ToString(CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain('\t', text);
        Assert.DoesNotContain(" \n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_upper_bound_an_unproven_order_and_the_devices_plan_are_called_so()
    {
        string header = Samples.Header(Samples.Kws with { ArenaIsExact = false, OrderIsProven = false, Plan = PlanChoice.Device });

        Assert.Contains("upper bound", header, StringComparison.Ordinal);
        Assert.Contains("the best found", header, StringComparison.Ordinal);
        Assert.Contains("places the tensors itself", header, StringComparison.Ordinal);
        Assert.DoesNotContain("proven", header, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_bytes_and_a_negative_size_are_a_callers_defect()
    {
        Assert.Throws<ArgumentException>(() => Samples.Source(Samples.Kws with { Model = [] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Samples.Header(Samples.Kws with { ScratchBytes = -1 }));
    }

    private static void GeneratesTheSameIn(CultureInfo culture)
    {
        GeneratedModel model = Samples.Kws with { Symbol = "int_i" };
        CultureInfo before = CultureInfo.CurrentCulture;
        string header;
        string source;
        try
        {
            CultureInfo.CurrentCulture = culture;
            header = Samples.Header(model);
            source = Samples.Source(model);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
        Assert.Equal(Samples.Header(model), header);
        Assert.Equal(Samples.Source(model), source);
        Assert.Contains("#define INT_I_TENSOR_ARENA_SIZE 22784\n", header, StringComparison.Ordinal);
        Assert.Contains(" kIntITensorArenaSize = ", header, StringComparison.Ordinal);
        Assert.Contains("22,784 B", header, StringComparison.Ordinal);
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Written { get; private set; }

        public int Largest { get; private set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Written += count;
            Largest = Math.Max(Largest, count);
        }
    }
}

using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Inputs;
using TinyReorder.Optimization;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Inputs;

/// <summary>Models in arrays of C and C++ source.</summary>
public class CArrayTests
{
    private static readonly byte[] Model = BuiltModels.Small().Build();
    private static readonly string Hex = ArraySources.Hex(Model), Values = ArraySources.Decimal(Model);

    public static TheoryData<string> Declarations =>
    [
        "const unsigned char g_model[] = {@};",
        "#include <stdint.h>\n#pragma once\nnamespace a { alignas(16) const uint8_t g_model[] = {@}; }  // {",
        "static const unsigned char g_model[] __attribute__((section(\".rodata\"), aligned(16))) = {\n@,\n};",
        "const unsigned char g_model[$N] PROGMEM = {@};",
        "extern const unsigned char g_model[]; extern const int g_model_len;\nconst unsigned char g_model[] DATA_ALIGN_ATTRIBUTE = {@};",
        "std::array<uint8_t, $N> g_model = {{@}};",
        "constexpr std::array<unsigned char, $N> g_model{@};",
        "[[gnu::aligned(16)]] const unsigned char g_model[] [[maybe_unused]] = {@};",
        "const char* name = \"g_model[] = { 1, 2 };\"; char quote = '{';\nconst unsigned char g_model[] = {@};",
        "const char* raw = R\"x(g_model[] = {)\" ;)x\"; const unsigned char g_model[] = {@};",
        "/* const unsigned char old[] = {1, 2}; */ const unsigned char g_model[] /* here */ = { // bytes\n@ /* end */ };",
        "const unsigned char g_model[] = {\n#ifdef WITH_MODEL\n@\n#endif\n};",
        "#define BEGIN {  \\\n  }\nconst unsigned char g_model[] = {@};",
        "int labels[] = {-1, 300}; struct { int a, b; } s = {1, 2}; const float w[2][2] = {{1.5f, 2}, {3, 4}};\nconst unsigned char g_model[] = {@};",
        "const char* words[] = {\"yes\", \"no\"}; enum { A = 1, B }; void f(const char a[], int n) { int x[] = {1}; if (n > 1) { f(a, x[0]); } }\nconst unsigned char g_model[] = {@};",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void The_array_is_found_whatever_stands_around_it(string declaration)
    {
        foreach (string values in new[] { Hex, Values, ArraySources.Lines(Model), string.Join(", ", Model.Select(value => $"(unsigned char)0X{value:X}u")),
            string.Join(" ,\r\n", Model.Select(value => value == 0 ? "0" : "0" + Convert.ToString(value, 8))),
            string.Join(", ", Model.Select(value => value is (byte)'T' or (byte)'F' ? $"'{(char)value}'" : value == 0 ? "'\\0'" : $"0b{Convert.ToString(value, 2)}")) })
            Assert.Equal(Model, Read(declaration.Replace("@", values, StringComparison.Ordinal).Replace("$N", Model.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)));
    }

    [Fact]
    public void A_list_without_a_declaration_is_one_array()
    {
        Assert.Equal(Model, Read(ArraySources.Lines(Model) + "\n"));
        Assert.Equal(Model, Read("// made of kws.tflite\n" + Values + ",\n"));
    }

    [Fact]
    public void What_xxd_writes_is_read_in_every_encoding()
    {
        string source = ArraySources.Xxd(Model);
        foreach (Encoding encoding in new[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.Equal(Model, ModelInput.Load([.. encoding.GetPreamble(), .. encoding.GetBytes(source)], "kws.cc").Bytes);
        Assert.Equal(Model, Read(source.Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(Model, Read(source + "\u001a"));
    }

    [Fact]
    public void What_this_project_generates_is_read()
    {
        OptimizationResult result = ModelOptimizer.Optimize(TfliteModel.Load(Model, "kws.tflite"), new OptimizationRequest());
        using var source = new MemoryStream();
        new CodeGenerator().WriteSource(GeneratedOutput.Describe(result, "kws"), source);
        Assert.Equal(result.OptimizedModel, ModelInput.Load(source.ToArray(), "kws.c").Bytes);
    }

    [SkippableTheory]
    [InlineData("xxd_i.cc")]
    [InlineData("aligned.cc")]
    public void The_arrays_of_reports_hold_the_model(string name)
    {
        string folder = Path.Combine(SharedModels.Folder, "..", "cases");
        Skip.IfNot(Directory.Exists(folder), "the folder of cases is not there");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "tiny.tflite")), ModelInput.Load(File.ReadAllBytes(Path.Combine(folder, name)), name).Bytes);
    }

    [Theory]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51,\n  256}", 2, 3, "'256' is more than 255")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, /* é */ -1}", 1, 55, "-'1' is negative")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, 0x}", 1, 47, "'0x' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, 089}", 1, 47, "'089' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, 1.5}", 1, 47, "'1.5' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, SIZE}", 1, 47, "'SIZE' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, 7 8}", 1, 49, "a comma is missing in front of '8'")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51,, 8}", 1, 46, "',' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, [9] = 8}", 1, 47, "'[' is no number")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51,\n#include \"rest.inc\"\n}", 2, 1, "a directive stands inside")]
    [InlineData("{1, 2, 3, 4, 84, 70, 76, 51, 7", 1, 48, "its closing brace is missing: the file was cut short behind 9 values")]
    [InlineData("{-100, 2, 3, 4, 84, 70, 76, 51}", 1, 19, "-'100' is negative")]
    [InlineData("{\"\\x1c\\x00\"}", 1, 19, "it is written as text in quotes")]
    public void What_is_no_byte_is_named_with_its_place(string values, int line, int column, string reason)
    {
        Diagnostic diagnostic = Refused("const char m[] = " + values + (values.EndsWith('}') ? ";" : ""));
        Assert.Equal((DiagnosticCodes.BadModelArray, "model.cc", line, column), (diagnostic.Code, diagnostic.File, diagnostic.Line, diagnostic.Column));
        Assert.Contains(reason, diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("'m'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_number_of_values_than_declared_is_a_cut_array()
    {
        Diagnostic diagnostic = Refused($"const unsigned char m[{Model.Length + 1}] = {{{Hex}}};");
        Assert.Equal((DiagnosticCodes.BadModelArray, 1, 21), (diagnostic.Code, diagnostic.Line, diagnostic.Column));
        Assert.Contains($"is declared with {Model.Length + 1:N0} values and has {Model.Length:N0}", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_models_are_listed_and_none_is_chosen()
    {
        string other = ArraySources.Hex(BuiltModels.Runnable().Build());
        Diagnostic diagnostic = Refused($"const unsigned char a[] = {{{Hex}}};\nconst unsigned char b[] = {{{other}}};");
        Assert.Equal((DiagnosticCodes.BadModelArray, 2), (diagnostic.Code, diagnostic.Line));
        Assert.Contains("2 arrays hold a model: 'a' (", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(", 'b' (", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_model_in_two_branches_and_the_beginning_of_one_are_no_others()
    {
        string begin = ArraySources.Hex(Model[..20]);
        Assert.Equal(Model, Read($"const unsigned char head[] = {{{begin}}};\n#if A\nconst unsigned char m[] = {{{Hex}}};\n#else\nconst char m[] = {{{Values}}};\n#endif"));
        Assert.Equal(DiagnosticCodes.CorruptFile, Refused($"const unsigned char head[] = {{{begin}}};").Code);
    }

    [Fact]
    public void A_model_behind_many_other_arrays_is_found_and_of_many_models_some_are_told()
    {
        string others = string.Concat(Enumerable.Repeat("int a[] = {1, 2};\n", 3_000));
        Assert.Equal(Model, Read($"{others}const unsigned char m[] = {{{Hex}}};"));
        string many = string.Concat(Enumerable.Range(0, 200).Select(i => $"const char m{i}[] = {{{ArraySources.Decimal([.. Model, (byte)i])}}};\n"));
        Assert.Contains("64 arrays hold a model: 'm0' (", Refused(many).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_without_a_model_lists_its_arrays()
    {
        Diagnostic diagnostic = Refused("const int a[] = {1, 2, 3}; const unsigned char samples[] = {0, 0, 0, 0, 'T', 'F', 'L', '2', 9};");
        Assert.Equal(DiagnosticCodes.NotAModel, diagnostic.Code);
        Assert.Contains("it is source code, and of its arrays none holds a model: 'a' (3 values), 'samples' (9 values)", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("text without an array of bytes; it begins with '#pragma once'", Refused("#pragma once\nextern const unsigned char g_model[];\n").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/*")]
    [InlineData("\"\\")]
    [InlineData("R\"abc(")]
    [InlineData("a[")]
    [InlineData("a[[")]
    [InlineData("a[1] = {")]
    [InlineData("a[1] = {(")]
    [InlineData("a[1] = {(int")]
    [InlineData("a[1] = {-")]
    [InlineData("a((((")]
    [InlineData("1,")]
    [InlineData("'")]
    [InlineData("#\\")]
    [InlineData("u8R\"")]
    [InlineData("\\")]
    public void Source_that_breaks_off_ends_in_a_diagnostic(string source) => Assert.StartsWith("TINY20", Refused(source).Code, StringComparison.Ordinal);

    [Fact]
    public void Time_grows_with_the_size_alone()
    {
        // Each of these would take hours if anything were looked at again for every sign.
        foreach (string piece in new[] { "(", "[", "{", "a[]={", "R\"(", ")\"", "/*", "a[] = {1,", "'", "\\\n", "#\\\n", "0x1c,", "a>b{", "u8R\"x(" })
        {
            string source = "x" + string.Concat(Enumerable.Repeat(piece, 1 << 18));
            Assert.StartsWith("TINY20", Refused(source).Code, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_door_takes_source_too()
    {
        ReorderedModel fromSource = Reorder.Plan(Encoding.UTF8.GetBytes(ArraySources.Xxd(Model)), new ReorderOptions { ModelName = "kws_data.cc" });
        ReorderedModel fromModel = Reorder.Plan(Model, new ReorderOptions { ModelName = "kws_data.tflite" });
        Assert.Equal(fromModel.Bytes.ToArray(), fromSource.Bytes.ToArray());
        Assert.Equal(fromModel.ArenaBytes, fromSource.ArenaBytes);
        Assert.Equal("kws_data", fromSource.Generate().Symbol);
    }

    private static byte[] Read(string source) => ModelInput.Load(Encoding.UTF8.GetBytes(source), "model.cc").Bytes;

    private static Diagnostic Refused(string source) => Assert.Throws<TinyReorderException>(() => Read(source)).Diagnostic;
}

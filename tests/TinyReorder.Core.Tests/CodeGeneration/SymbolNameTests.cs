using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

public class SymbolNameTests
{
    [Theory]
    [InlineData("kws.tflite", "kws")]
    [InlineData("models/kws.tflite", "kws")]
    [InlineData("models\\kws.tflite", "kws")]
    [InlineData("../a.b/c", "c")]
    [InlineData("person-detect v2.int8.tflite", "person_detect_v2_int8")]
    [InlineData("1st.tflite", "m1st")]
    [InlineData("_1.tflite", "m1")]
    [InlineData("été.tflite", "t_")]
    [InlineData("模型2.tflite", "m2")]
    [InlineData("😀x.tflite", "x")]
    [InlineData("__reserved__.tflite", "reserved__")]
    [InlineData(".tflite", "tflite")]
    [InlineData("int.tflite", "int")]
    public void A_symbol_is_the_files_name_as_an_identifier(string fileName, string symbol) => Assert.Equal(symbol, SymbolName.FromFileName(fileName));

    [Fact]
    public void A_symbol_stays_short_however_long_the_name() =>
        Assert.Equal(new string('a', SymbolName.MaxCharacters), SymbolName.FromFileName(new string('a', 100_000) + ".tflite"));

    [Theory]
    [InlineData("模型.tflite")]
    [InlineData("é.tflite")]
    [InlineData("ı\u0130.tflite")]
    [InlineData("٣.tflite")]
    [InlineData("models/_.tflite")]
    [InlineData("")]
    public void A_name_of_which_nothing_is_left_needs_a_symbol(string fileName)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => SymbolName.FromFileName(fileName)).Diagnostic;
        Assert.Equal("TINY5003", diagnostic.Code);
        Assert.Contains("give the model a Symbol", diagnostic.Message);
    }

    [Theory]
    [InlineData("kws")]
    [InlineData("K9_")]
    [InlineData("int")]
    public void An_identifier_is_a_symbol(string symbol) => Assert.Equal(symbol, SymbolName.Validate(symbol));

    [Theory]
    [InlineData("", "Symbol is empty: use letters, digits and underscores, a letter first, such as \"model\"")]
    [InlineData("a-b", "Symbol \"a-b\" is no C identifier: use letters, digits and underscores, a letter first, such as \"a_b\"")]
    [InlineData("9a", "Symbol \"9a\" is no C identifier: use letters, digits and underscores, a letter first, such as \"m9a\"")]
    [InlineData("a.b", "Symbol \"a.b\" is no C identifier: use letters, digits and underscores, a letter first, such as \"a_b\"")]
    [InlineData("../x", "Symbol \"../x\" is no C identifier: use letters, digits and underscores, a letter first, such as \"x\"")]
    [InlineData("a\nb", "Symbol \"a?b\" is no C identifier: use letters, digits and underscores, a letter first, such as \"a_b\"")]
    [InlineData("_K9", "Symbol \"_K9\" begins as names do that C reserves: use letters, digits and underscores, a letter first, such as \"K9\"")]
    [InlineData("__", "Symbol \"__\" begins as names do that C reserves: use letters, digits and underscores, a letter first, such as \"model\"")]
    public void What_is_no_identifier_is_an_error_with_one_that_is(string symbol, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => SymbolName.Validate(symbol)).Diagnostic;

        Assert.Equal(("TINY5003", message), (diagnostic.Code, diagnostic.Message));
    }

    [Fact]
    public void A_symbol_that_is_too_long_is_an_error() =>
        Assert.Throws<TinyReorderException>(() => SymbolName.Validate(new string('a', SymbolName.MaxCharacters + 1)));

    [Fact]
    public void Names_follow_the_symbol()
    {
        GeneratedNames names = new("kws_v2");

        Assert.Equal(
            ("kws_v2.h", "kws_v2.c", "TINYREORDER_KWS_V2_H", "g_kws_v2_model", "g_kws_v2_model_len", "kKwsV2TensorArenaSize"),
            (names.HeaderFile, names.SourceFile, names.IncludeGuard, names.ModelArray, names.ModelLength, names.ArenaConstant));
    }

    [Theory]
    [InlineData("kws", "kws", true)]
    [InlineData("kws", "KWS", true)]
    [InlineData("kws_v2", "kwsV2", true)]
    [InlineData("kws_v2", "kws__v2", true)]
    [InlineData("kws", "kws2", false)]
    [InlineData("a_b", "ab", false)]
    public void Models_whose_names_would_clash_are_found(string one, string other, bool clash)
    {
        Assert.Equal(clash, new GeneratedNames(one).ClashesWith(new GeneratedNames(other)));
        Assert.Equal(clash, new GeneratedNames(other).ClashesWith(new GeneratedNames(one)));
    }
}

using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;

namespace TinyReorder.Tests.CodeGeneration;

public class CodeOptionsTests
{
    [Fact]
    public void By_default_a_C_array_and_the_operators_are_generated_and_no_arena()
    {
        foreach (CodeOptions code in new[] { CodeOptions.Default,
            CodeOptions.Resolve(new CodeRequest { Format = " ", OpResolver = "", EmitArena = "", ModelSection = " ", Runtime = "TFLM" }) })
        {
            Assert.Equal((SourceFormat.C, true, false), (code.Format, code.EmitsOpResolver, code.EmitsArena));
            Assert.Null(code.ModelPlacement);
            Assert.Null(code.ArenaPlacement);
        }
    }

    [Theory]
    [InlineData("tflm", null, true)]
    [InlineData(null, "False", false)]
    [InlineData("none", null, false)]
    [InlineData("none", "true", false)]
    public void Operators_are_registered_for_TensorFlow_Lite_Micro_alone(string? runtime, string? word, bool emits) =>
        Assert.Equal(emits, CodeOptions.Resolve(new CodeRequest { Runtime = runtime, OpResolver = word }).EmitsOpResolver);

    [Theory]
    [InlineData(".ccmram")]
    [InlineData("ccm")]
    [InlineData(".bss.$RAM2")]
    [InlineData(".ARM.__at_0x20000000")]
    [InlineData("_x")]
    public void Names_of_sections_are_taken(string section)
    {
        CodeOptions code = CodeOptions.Resolve(new CodeRequest { ModelSection = " " + section + " ", EmitArena = "true", ArenaSection = section + "2" });

        Assert.Equal((section, section + "2"), (code.ModelPlacement!.Section, code.ArenaPlacement!.Section));
        Assert.Null(code.ModelPlacement.Macro);
    }

    [Theory]
    [InlineData("EXT_RAM_BSS_ATTR", "ESP_PLATFORM", "\"esp_attr.h\"")]
    [InlineData("__dtcm_noinit_section", "__ZEPHYR__", "<zephyr/linker/section_tags.h>")]
    public void Macros_of_ESP_IDF_and_Zephyr_are_known(string macro, string guard, string header)
    {
        SectionPlacement placement = CodeOptions.Resolve(new CodeRequest { EmitArena = "true", ArenaSection = macro }).ArenaPlacement!;

        Assert.Equal((null, macro, guard, header), (placement.Section, placement.Macro, placement.Guard, placement.Header));
    }

    [Theory]
    [InlineData(".x\")) int evil; //")]
    [InlineData(".x\",\"awx\",%nobits@")]
    [InlineData(".x;.globl y")]
    [InlineData(".x\n.globl y")]
    [InlineData(".x y")]
    [InlineData(".x\\")]
    [InlineData(".x/*")]
    [InlineData("..x*/")]
    [InlineData("a-b")]
    [InlineData("0x")]
    [InlineData(".")]
    [InlineData("...")]
    [InlineData(".\u00e9")]
    [InlineData("__DATA,__x")]
    [InlineData("{{model_array}}")]
    [InlineData("EXT_RAM_BBS_ATTR")]
    [InlineData("__ccm_section")]
    public void Anything_but_a_name_is_an_error_of_one_line(string section)
    {
        foreach (CodeRequest request in new[] { new CodeRequest { ModelSection = section }, new CodeRequest { EmitArena = "true", ArenaSection = section } })
        {
            Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => CodeOptions.Resolve(request)).Diagnostic;
            Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
            Assert.StartsWith(request.ModelSection is null ? "ArenaSection " : "ModelSection ", diagnostic.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', diagnostic.Message);
        }
    }

    [Fact]
    public void A_section_may_have_128_characters_and_no_more()
    {
        Assert.NotNull(SectionPlacement.Parse(new string('x', 128), "ModelSection"));
        Assert.Throws<TinyReorderException>(() => SectionPlacement.Parse(new string('x', 129), "ModelSection"));
    }

    [Fact]
    public void A_mistyped_macro_names_the_nearest() =>
        Assert.Contains("nearest: EXT_RAM_BSS_ATTR",
            Assert.Throws<TinyReorderException>(() => SectionPlacement.Parse("EXT_RAM_BBS_ATTR", "ArenaSection")).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_that_contradict_each_other_are_errors()
    {
        Refuses(new() { ArenaSection = ".ccm" }, "EmitArena");
        Refuses(new() { ModelSection = ".x", ArenaSection = ".x", EmitArena = "true" }, "name two");
        Refuses(new() { Format = "incbin", ModelSection = "DRAM_ATTR" }, "DRAM_ATTR is a macro of C");
        Refuses(new() { Format = "hex" }, "must be one of: c, incbin");
        Refuses(new() { OpResolver = "yes" }, "must be one of: false, true");
        Refuses(new() { EmitArena = "1" }, "must be one of: false, true");

        static void Refuses(CodeRequest request, string why)
        {
            Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => CodeOptions.Resolve(request)).Diagnostic;
            Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
            Assert.Contains(why, diagnostic.Message, StringComparison.Ordinal);
        }
    }
}

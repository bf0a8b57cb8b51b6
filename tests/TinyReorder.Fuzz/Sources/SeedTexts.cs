using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Sources;

/// <summary>The sound text files that mutants are made of.</summary>
internal static class SeedTexts
{
    /// <summary>Three boards that use every field.</summary>
    public static string Boards { get; } = """
        { "boards": [
          { "id": "mine", "name": "My board", "aliases": ["my-board", "mb"], "mcu": "STM32", "core": "Cortex-M4F", "fpu": "single", "dsp": "yes", "vector": "none", "kernels": "cmsis-nn-dsp",
            "sramTotalBytes": 65536, "staticRegionBytes": 61440, "flashBytes": 524288, "maxFlashBytes": 1048576, "source": "https://example.org/board", "notes": "none",
            "regions": [{ "name": "RAM", "bytes": 61440, "keptBytes": 1536, "attributes": ["dma", "executable"] },
              { "name": "CCM", "baseAddress": "0x10000000", "bytes": 4096, "within": "RAM", "section": ".ccmram", "zephyrSection": "__ccm_bss_section" },
              { "name": "PSRAM", "bytes": 8388608, "attributes": ["external"], "heapCapability": "MALLOC_CAP_SPIRAM", "source": "memory.ld" }] },
          { "id": "avr", "name": "AVR", "aliases": [], "kernels": "none", "staticRegionBytes": 2048, "flashBytes": 32256 },
          { "id": "esp", "name": "ESP", "aliases": ["e\u0031"], "core": "Xtensa LX7", "kernels": "esp-nn-s3", "staticRegionBytes": 524288, "flashBytes": 8388608 }
        ] }
        """;

    /// <summary>Buffers to place.</summary>
    public static string Buffers { get; } = "id,lower,upper,size,offset\n"
        + string.Concat(Enumerable.Range(0, 24)
        .Select(i =>
        $"b{i},{i % 7},{(i % 7) + 1 + (i % 4)},{(37 * i) + 8},{(i % 3 == 0 ? (i * 64).ToString(System.Globalization.CultureInfo.InvariantCulture) : "")}\n"));

    /// <summary>Models in arrays of C source, in a dump and in base64.</summary>
    public static IReadOnlyList<string> Arrays { get; } =
    [
        .. new[] { BuiltModels.Small().Build(), BuiltModels.Runnable().Build() }.SelectMany(model => new[]
        {
            $"#include <stdint.h>\n/* model */ alignas(16) const uint8_t g_model[{model.Length}] __attribute__((aligned(16))) = {{\n{string.Join(", ", model)}\n}}; // end\nint n = 3;\n",
            $"unsigned char a[] = {{{string.Join(",", model.Select(value => $"0x{value:x2}"))}}};\nconst int labels[] = {{-1, 2}};\nconst char* s = \"{{\";\n",
            string.Join(",", model.Select(value => $"0x{value:x2}")),
        }),
        Convert.ToBase64String(BuiltModels.Small().Build()),
    ];

    /// <summary>The built-in profiles, and a whole one in small.</summary>
    public static IReadOnlyList<string> Profiles { get; } = [.. Read("src/TinyReorder.Core/Runtimes", "*.json").Where(text => text.Length < 4000),
        Read("src/TinyReorder.Core/Runtimes", "tflm-reference-90b983c.json").Single()];

    /// <summary>The built-in templates and some short ones.</summary>
    public static IReadOnlyList<string> Templates { get; } =
    [
        .. Read("src/TinyReorder.Core/CodeGeneration/Templates", "*.sbn"),
        "#pragma once\n// {{symbol}} {{kernels}} {{peak_before_text}}\n{{ if board }}{{board}}{{ else }}none{{ end }}\n{{ for c in constants }}{{c.constant}} = {{c.value}}; {{for.index}}\n{{ end }}",
        "{{~ for comment in comments ~}}\n// {{comment}}\n{{~ end ~}}\nconst unsigned char {{model_array}}[] = {\n{{model_bytes}}\n};\n",
    ];

    private static string[] Read(string folder, string pattern) =>
        Directory.GetFiles(RepositoryFiles.PathOf(folder), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
}

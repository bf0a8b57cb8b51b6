using System.Globalization;

namespace TinyReorder.Tests.Inputs;

/// <summary>C source around bytes, as various tools and people write it.</summary>
internal static class ArraySources
{
    public static string Xxd(byte[] bytes, string name = "kws_tflite") =>
        $"unsigned char {name}[] = {{\n{Lines(bytes)}\n}};\nunsigned int {name}_len = {bytes.Length.ToString(CultureInfo.InvariantCulture)};\n";

    public static string Lines(byte[] bytes) => string.Join(",\n", bytes.Chunk(12).Select(line => "  " + Hex(line)));

    public static string Hex(byte[] bytes) => string.Join(", ", bytes.Select(value => "0x" + value.ToString("x2", CultureInfo.InvariantCulture)));

    public static string Decimal(byte[] bytes) => string.Join(",", bytes.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}

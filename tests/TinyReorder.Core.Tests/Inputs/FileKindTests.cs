using System.IO.Compression;
using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Inputs;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Inputs;

/// <summary>Files that hold no model, or one in a wrapping: the message says what they are and what to do.</summary>
public class FileKindTests
{
    private static readonly byte[] Model = BuiltModels.Small().Build();

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 53936\n", "a pointer of Git LFS to a file of 53,936 B", "git lfs pull")]
    [InlineData("/annex/objects/SHA256E-s53936--4d7a.tflite\n", "a pointer of git-annex", "git annex get")]
    [InlineData("\n<!DOCTYPE html>\n<html lang=\"en\"><head><title>kws.tflite at main</title>", "an HTML page ('kws.tflite at main')", "download the file itself")]
    [InlineData("<HTML><BODY>404", "an HTML page", "download the file itself")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>", "it is XML", "download it again")]
    [InlineData("{\"format\": \"layers-model\", \"modelTopology\": {}}", "a model of TensorFlow.js", "convert the original model")]
    [InlineData("{ subgraphs: [] }", "it is JSON", "convert the original model")]
    [InlineData("import tensorflow as tf\nmodel = tf.keras.Sequential([1, 2])\n", "it begins with 'import tensorflow as tf'", "xxd -i")]
    public void A_text_is_named(string text, string what, string cure) => AssertNamed(Encoding.UTF8.GetBytes(text), what, cure);

    public static TheoryData<string, byte[], string, string> Binaries => new()
    {
        { "empty", [], "it is empty (0 bytes)", "download the model again" },
        { "short", [1, 0, 0], "it has 3 bytes", "download the model again" },
        { "zeros", new byte[4096], "it holds nothing but zeros", "download the model again" },
        { "hdf5", [0x89, .. "HDF\r\n\u001a\n\0\0\0"u8], "it is an HDF5 file", "from_keras_model" },
        { "gzip", Gzip(Model), "it is a gzip archive", "gunzip" },
        { "zip", Zip(("readme.txt", [1]), ("kws.tflite", Model)), "a zip archive that holds 'kws.tflite'", "unpack that file" },
        { "keras", Zip(("metadata.json", "{}"u8.ToArray()), ("config.json", "{}"u8.ToArray()), ("model.weights.h5", [1, 2])), "it is a Keras model (.keras", "from_keras_model" },
        { "pytorch", Zip(("archive/data.pkl", [0x80, 2]), ("archive/version", "3\n"u8.ToArray())), "it is a PyTorch model", "onnx2tf" },
        { "other zip", Zip(("a/b.txt", [1])), "it is a zip archive; its first file is 'a/b.txt'", "unpack it" },
        { "zipped saved model", Zip(("m/saved_model.pb", [1])), "a zip archive with a TensorFlow SavedModel", "from_saved_model" },
        { "pickle", [0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0], "it is a Python pickle", "onnx2tf" },
        { "onnx", [8, 9, 18, 7, .. "pytorch"u8, 26, 5, .. "2.3.0"u8, 58, 0, 0], "it is an ONNX model (IR version 9, written by 'pytorch')", "onnx2tf" },
        { "onnx without a producer", [8, 7, 58, 200, 1, 10, 3, 0, 1, 2, 0], "it is an ONNX model (IR version 7)", "onnx2tf" },
        { "saved model", [8, 1, 18, 160, 141, 6, 10, 228, 12, 18, 4, 0, 0], "it is the graph of a TensorFlow SavedModel", "from_saved_model" },
        { "frozen graph", [10, 38, 10, 5, .. "input"u8, 18, 11, .. "Placeholder"u8, 42, 1, 0], "it is a frozen TensorFlow graph", "from_frozen_graph" },
        { "size in front", [.. BitConverter.GetBytes(Model.Length), .. Model], "the identifier TFL3 stands at byte 8 and not at byte 4: something of 4 B", "tail -c +5" },
        { "first bytes missing", Model[2..], "the identifier TFL3 stands at byte 2", "again" },
        { "TFL2", [28, 0, 0, 0, .. "TFL2"u8, 0, 0, 0, 0], "a model of an early TensorFlow Lite", "convert the original" },
        { "executorch", [28, 0, 0, 0, .. "ET12"u8, 0, 0, 0, 0], "a program of ExecuTorch", "convert the original" },
        { "elf", [0x7f, .. "ELF"u8, 2, 1, 1, 0, 0], "a compiled program or object", "the source with its array" },
        { "noise", [200, 201, 0, 3, 4, 5, 6, 7, 8, 9], "the identifier TFL3 is missing at byte 4", "convert the model" },
    };

    [Theory]
    [MemberData(nameof(Binaries))]
    public void A_binary_is_named(string name, byte[] file, string what, string cure)
    {
        Assert.NotEmpty(name);
        AssertNamed(file, what, cure);
    }

    [Fact]
    public void Base64_and_hex_dumps_of_a_model_are_told_as_such()
    {
        AssertNamed(Encoding.ASCII.GetBytes(Convert.ToBase64String(Model, Base64FormattingOptions.InsertLineBreaks)), "it is a model in base64", "base64 -d");
        AssertNamed(Encoding.ASCII.GetBytes("data:application/octet-stream;base64," + Convert.ToBase64String(Model)), "it is a model in base64", "base64 -d");
        AssertNamed(Dump(line => $"{line * 16:x8}: ", ""), "a hex dump, as 'xxd' writes it, of a model", "xxd -r");
        AssertNamed(Dump(line => $"{line * 16:x8}  ", "  |................|"), "a hex dump, as 'hexdump -C' writes it, of a model", "hand over the file");
        AssertNamed(Encoding.ASCII.GetBytes(Convert.ToHexString(Model).ToLowerInvariant()), "a hex dump, as 'xxd -p' writes it, of a model", "xxd -r -p");
    }

    [Fact]
    public void A_model_that_was_cut_or_went_through_a_text_editor_is_damaged()
    {
        AssertNamed(Model[..^40], "damaged or cut short", "download the model again", DiagnosticCodes.CorruptFile);
        byte[] asText = new UTF8Encoding(false).GetBytes(Encoding.UTF8.GetString(
            [.. Model[..8], .. Enumerable.Range(0, 100).Select(i => (byte)(128 + i)), .. Model[8..]]));
        AssertNamed(asText, "replacement characters of UTF-8", "copy the original as binary", DiagnosticCodes.CorruptFile);
    }

    private static byte[] Dump(Func<int, string> place, string behind) => Encoding.ASCII.GetBytes(string.Concat(Model.Chunk(16).Select((line, i) =>
        place(i) + string.Join(' ', line.Chunk(2).Select(pair => behind.Length > 0 ? string.Join(' ', pair.Select(value => value.ToString("x2", null))) : Convert.ToHexString(pair)))
            + (behind.Length > 0 ? behind : "  ................") + "\n")));

    private static byte[] Gzip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
            gzip.Write(content);
        return file.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }
        return file.ToArray();
    }

    private static void AssertNamed(byte[] file, string what, string cure, string code = DiagnosticCodes.NotAModel)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => ModelInput.Load(file, "kws.tflite")).Diagnostic;
        Assert.Equal((code, "kws.tflite", DiagnosticSeverity.Error), (diagnostic.Code, diagnostic.File, diagnostic.Severity));
        Assert.Contains(what, diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(cure, diagnostic.Message, StringComparison.Ordinal);
    }
}

using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Inputs;

/// <summary>What a file is that is neither a model nor text, by its first bytes.</summary>
internal static class BinaryKind
{
    private const int LookedAt = 1 << 16;
    private const string FromKeras = "load it with Keras and convert it with tf.lite.TFLiteConverter.from_keras_model";
    private const string Unpack = "unpack it and hand over the .tflite file in it";

    private static readonly (byte[] Begin, string Is, string Cure)[] Magics =
    [
        ([0x89, (byte)'H', (byte)'D', (byte)'F'], "it is an HDF5 file, as Keras saves models and weights (.h5)", FromKeras),
        ([0x1f, 0x8b], "it is a gzip archive", "unpack it with 'gunzip' (or 'tar xzf', if it holds a folder) and hand over the .tflite file"),
        ([(byte)'B', (byte)'Z', (byte)'h'], "it is a bzip2 archive", Unpack),
        ([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0], "it is an xz archive", Unpack),
        ([0x28, 0xb5, 0x2f, 0xfd], "it is a zstd archive", Unpack),
        ([(byte)'7', (byte)'z', 0xbc, 0xaf, 0x27, 0x1c], "it is a 7z archive", Unpack),
        ([(byte)'R', (byte)'a', (byte)'r', (byte)'!'], "it is a RAR archive", Unpack),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], "it is a NumPy array", "hand over the model, not its weights or data"),
        ([0x7f, (byte)'E', (byte)'L', (byte)'F'], "it is a compiled program or object (ELF)", "hand over the .tflite file or the source with its array"),
        ([(byte)'G', (byte)'G', (byte)'U', (byte)'F'], "it is a GGUF file, which llama.cpp runs", "TensorFlow Lite Micro has no such models"),
    ];

    private static readonly (string Identifier, string Is)[] FlatBuffers =
    [
        ("TFL2", "it is a model of an early TensorFlow Lite (version 2 of its format)"),
        ("TFL1", "it is a model of an early TensorFlow Lite (version 1 of its format)"),
        ("ORTM", "it is a model of ONNX Runtime (.ort)"), ("ET12", "it is a program of ExecuTorch (.pte)"),
    ];

    /// <summary>What it is; null where nothing says.</summary>
    public static FileKind? Of(byte[] file)
    {
        if (IsAllZero(file))
            return new FileKind($"it holds nothing but zeros ({Quantity.Bytes(file.Length)} were looked at)", "copy or download the model again");
        foreach ((byte[] begin, string what, string cure) in Magics)
        {
            if (StartsWith(file, 0, begin))
                return new FileKind(what, cure);
        }
        if (StartsWith(file, 0, [(byte)'P', (byte)'K', 3, 4]) || StartsWith(file, 0, [(byte)'P', (byte)'K', 5, 6]))
            return OfZip(file);
        if (StartsWith(file, 257, Ascii("ustar")))
            return new FileKind("it is a tar archive", Unpack);
        if (file.Length > 2 && file[0] == 0x80 && file[1] is >= 2 and <= 5)
            return new FileKind("it is a Python pickle, as older PyTorch saves models and weights", PyTorchCure);
        foreach ((string identifier, string what) in FlatBuffers)
        {
            if (StartsWith(file, 4, Ascii(identifier)))
                return new FileKind(what, "convert the original model to a .tflite file");
        }
        return Protobufs.Of(file) ?? OfShifted(file);
    }

    /// <summary>What to say where nothing tells.</summary>
    public static FileKind Unknown(byte[] file) => file.Length < 8
        ? new FileKind(file.Length == 0 ? "it is empty (0 bytes)" : $"it has {file.Length} bytes", "export, copy or download the model again")
        : new FileKind("the identifier TFL3 is missing at byte 4", "convert the model to a .tflite file first");

    private static string PyTorchCure => "export it to a .tflite file with ai-edge-torch (litert-torch), or to ONNX and then with onnx2tf";

    private static FileKind OfZip(byte[] file)
    {
        List<string> names = ZipNames(file);
        if (names.FirstOrDefault(name => name.EndsWith(".tflite", StringComparison.OrdinalIgnoreCase)) is { } model)
            return new FileKind($"it is a zip archive that holds '{Quote.Text(model)}'", "unpack that file and hand it over");
        if (names.Exists(name => name is "model.weights.h5" or "config.json" or "metadata.json"))
            return new FileKind("it is a Keras model (.keras, a zip archive)", FromKeras);
        if (names.Exists(name => name.EndsWith("/data.pkl", StringComparison.Ordinal) || name.EndsWith("/.format_version", StringComparison.Ordinal)
            || name.EndsWith("/version", StringComparison.Ordinal) || name.EndsWith("/constants.pkl", StringComparison.Ordinal)))
            return new FileKind("it is a PyTorch model (.pt, a zip archive)", PyTorchCure);
        if (names.Exists(name => name.EndsWith("saved_model.pb", StringComparison.Ordinal)))
            return new FileKind("it is a zip archive with a TensorFlow SavedModel",
                "unpack it and convert its folder with tf.lite.TFLiteConverter.from_saved_model");
        return new FileKind(names.Count == 0 ? "it is a zip archive" : $"it is a zip archive; its first file is '{Quote.Text(names[0])}'", Unpack);
    }

    /// <summary>The names of the files that begin in the first bytes.</summary>
    private static List<string> ZipNames(byte[] file)
    {
        var names = new List<string>();
        int end = Math.Min(file.Length, LookedAt);
        for (int at = 0; at + 30 <= end; at++)
        {
            if (file[at] != 'P' || !StartsWith(file, at, [(byte)'P', (byte)'K', 3, 4]))
                continue;
            int length = file[at + 26] | (file[at + 27] << 8);
            if (at + 30 + length <= end)
                names.Add(Encoding.UTF8.GetString(file, at + 30, length));
        }
        return names;
    }

    /// <summary>A model with something in front, such as a size, a vendor's header or a byte order mark.</summary>
    private static FileKind? OfShifted(byte[] file)
    {
        byte[] identifier = Ascii("TFL3");
        for (int at = 0; at < Math.Min(file.Length, LookedAt); at++)
        {
            if (at == 4 || file[at] != identifier[0] || !StartsWith(file, at, identifier))
                continue;
            return at < 4
                ? new FileKind($"the identifier TFL3 stands at byte {at} and not at byte 4, so its first bytes are missing", "copy or download the model again")
                : new FileKind($"the identifier TFL3 stands at byte {Quantity.Count(at)} and not at byte 4: something of {Quantity.Bytes(at - 4)} "
                    + "stands in front of a model", $"cut it off, such as with 'tail -c +{at - 3}'");
        }
        return null;
    }

    private static bool IsAllZero(byte[] file) => file.Length > 0 && Array.TrueForAll(file, value => value == 0);

    private static bool StartsWith(byte[] file, int at, byte[] begin)
    {
        if (file.Length - at < begin.Length)
            return false;
        for (int i = 0; i < begin.Length; i++)
        {
            if (file[at + i] != begin[i])
                return false;
        }
        return true;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Inputs;

/// <summary>Tells the protocol buffers of other tools by their first fields.</summary>
internal static class Protobufs
{
    private const int LengthDelimited = 2, MostText = 64;
    private const long MostVersion = 32;

    /// <summary>What it is, or null.</summary>
    public static FileKind? Of(byte[] file)
    {
        int at = 0;
        if (!ReadTag(file, ref at, out int field, out int wire))
            return null;
        // ONNX and SavedModel both begin with a version; the fields behind it differ.
        if (field == 1 && wire == 0 && ReadNumber(file, ref at) is { } version and >= 1 and <= MostVersion)
            return BehindVersion(file, at, version);
        return field == 1 && wire == LengthDelimited && IsNode(file, at)
            ? new FileKind("it is a frozen TensorFlow graph (.pb)", "convert it with tf.compat.v1.lite.TFLiteConverter.from_frozen_graph")
            : null;
    }

    private static FileKind? BehindVersion(byte[] file, int at, long version)
    {
        if (!ReadTag(file, ref at, out int field, out int wire) || wire != LengthDelimited || ReadNumber(file, ref at) is not { } length)
            return null;
        string text = TextAt(file, at, length);
        if (field == 2 && text.Length == 0 && at < file.Length && file[at] == 0x0a)
            return new FileKind("it is the graph of a TensorFlow SavedModel (saved_model.pb)",
                "convert the folder around it with tf.lite.TFLiteConverter.from_saved_model");
        bool isOnnx = (field is 2 or 3 or 4 or 6 && (text.Length > 0 || length == 0)) || (field is 7 or 8 && length > 0 && at < file.Length);
        string writer = field == 2 && text.Length > 0 ? $", written by '{Quote.Text(text)}'" : "";
        return isOnnx
            ? new FileKind($"it is an ONNX model (IR version {Quantity.Count(version)}{writer})",
                "convert it to a .tflite file, for instance with onnx2tf")
            : null;
    }

    /// <summary>Whether a message begins with a name and then an operation, as nodes of a graph do.</summary>
    private static bool IsNode(byte[] file, int at)
    {
        if (ReadNumber(file, ref at) is null || !IsText(file, ref at, field: 1))
            return false;
        return IsText(file, ref at, field: 2);
    }

    private static bool IsText(byte[] file, ref int at, int field)
    {
        if (!ReadTag(file, ref at, out int found, out int wire) || found != field || wire != LengthDelimited || ReadNumber(file, ref at) is not { } length)
            return false;
        bool isText = TextAt(file, at, length).Length > 0;
        at += isText ? (int)length : 0;
        return isText;
    }

    private static string TextAt(byte[] file, int at, long length)
    {
        if (length is < 1 or > MostText || at + length > file.Length)
            return "";
        string text = Encoding.ASCII.GetString(file, at, (int)length);
        return text.All(c => c is >= ' ' and <= '~') ? text : "";
    }

    private static bool ReadTag(byte[] file, ref int at, out int field, out int wire)
    {
        long? tag = ReadNumber(file, ref at);
        (field, wire) = tag is > 0 and < int.MaxValue ? ((int)(tag.Value >> 3), (int)(tag.Value & 7)) : (0, 0);
        return field > 0;
    }

    private static long? ReadNumber(byte[] file, ref int at)
    {
        long number = 0;
        for (int shift = 0; shift < 63 && at < file.Length; shift += 7)
        {
            byte next = file[at++];
            number |= (long)(next & 0x7f) << shift;
            if (next < 0x80)
                return number;
        }
        return null;
    }
}

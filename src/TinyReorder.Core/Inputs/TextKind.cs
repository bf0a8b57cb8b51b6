using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Inputs;

/// <summary>What a text is that has no array with a model, by its beginning.</summary>
internal static class TextKind
{
    private const int LookedAt = 4096;

    /// <summary>Texts that are told by their first words, whatever else is in them; null for others.</summary>
    public static FileKind? OfHead(byte[] text)
    {
        string head = Head(text).TrimStart();
        if (head.StartsWith("version https://git-lfs.github.com/spec/", StringComparison.Ordinal))
            return new FileKind($"it is a pointer of Git LFS{SizeOf(head)}, and the file itself was not fetched",
                "run 'git lfs install' and 'git lfs pull' in its repository");
        if (head.StartsWith("/annex/objects/", StringComparison.Ordinal))
            return new FileKind("it is a pointer of git-annex, and the file itself was not fetched", "run 'git annex get' on it");
        if (StartsWith(head, "<!doctype html") || StartsWith(head, "<html") || StartsWith(head, "<head") || StartsWith(head, "<script"))
            return new FileKind($"it is an HTML page{TitleOf(head)}, as a download gives that leads to a page about the file or to a log-in",
                "download the file itself (on GitHub: 'Download raw file')");
        if (StartsWith(head, "<?xml") || head.StartsWith("<", StringComparison.Ordinal))
            return new FileKind("it is XML", "convert the original model to a .tflite file, or download it again where this is the answer of a server");
        return null;
    }

    /// <summary>Texts that hold a model in another form than an array; null for others.</summary>
    public static FileKind? OfWhole(byte[] text)
    {
        string head = Head(text).Trim();
        if (head.StartsWith("{", StringComparison.Ordinal) || head.StartsWith("[", StringComparison.Ordinal))
            return new FileKind(head.Contains("modelTopology") ? "it is a model of TensorFlow.js (model.json)" : "it is JSON",
                "convert the original model to a .tflite file");
        if (head.StartsWith("data:", StringComparison.Ordinal) && head.IndexOf(";base64,", StringComparison.Ordinal) is > 0 and < 100 and var comma)
            head = head.Substring(comma + 8);
        if (IsBase64(head))
            return new FileKind("it is a model in base64", "decode it, such as with 'base64 -d FILE > model.tflite'");
        if (DumpedBytes(head, out string tool) is { } bytes)
            return new FileKind($"it is a hex dump{tool}{(ModelInput.IsModel(bytes) ? " of a model" : "")}", tool.Contains("xxd")
                ? "turn it back with 'xxd -r' (plain digits with 'xxd -r -p'), or hand over what 'xxd -i' writes"
                : "hand over the file that it was made of, or what 'xxd -i' makes of that");
        return null;
    }

    /// <summary>What to say where nothing tells.</summary>
    public static FileKind Unknown(byte[] text) => new(
        $"the identifier TFL3 is missing at byte 4, and it is text without an array of bytes; it begins with '{Quote.Text(FirstLine(Head(text)))}'",
        "hand over a .tflite file, or C source with its bytes in an array, as 'xxd -i' writes it");

    private static string Head(byte[] text) => Encoding.UTF8.GetString(text, 0, Math.Min(text.Length, LookedAt));

    private static bool StartsWith(string text, string begin) => text.StartsWith(begin, StringComparison.OrdinalIgnoreCase);

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd();

    private static string SizeOf(string pointer)
    {
        string? size = pointer.Split('\n').FirstOrDefault(line => line.StartsWith("size ", StringComparison.Ordinal))?.Substring(5).Trim();
        return long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? $" to a file of {Quantity.Bytes(bytes)}" : "";
    }

    private static string TitleOf(string page)
    {
        int open = page.IndexOf("<title>", StringComparison.OrdinalIgnoreCase);
        int close = open < 0 ? -1 : page.IndexOf("</title>", open, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? "" : $" ('{Quote.Text(page.Substring(open + 7, close - open - 7).Trim())}')";
    }

    private static bool IsBase64(string head)
    {
        string digits = new(head.Where(c => !char.IsWhiteSpace(c)).Take(12).ToArray());
        if (digits.Length < 12 || !digits.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '+' or '/' or '-' or '_'))
            return false;
        return ModelInput.IsModel(Convert.FromBase64String(digits.Replace('-', '+').Replace('_', '/')));
    }

    /// <summary>The first bytes of a dump; null where it is none.</summary>
    private static byte[]? DumpedBytes(string head, out string tool)
    {
        string line = FirstLine(head);
        tool = "";
        string digits;
        int place = line.TakeWhile(IsHex).Count();
        if (place is >= 4 and <= 16 && place < line.Length && line[place] == ':')
        {
            tool = ", as 'xxd' writes it,";
            digits = line.Substring(place + 1).Split(["  "], StringSplitOptions.None)[0];
        }
        else if (place is >= 6 and <= 16 && line.Substring(place).StartsWith(" ", StringComparison.Ordinal))
        {
            tool = line.IndexOf('|') > 0 ? ", as 'hexdump -C' writes it," : ", as 'hexdump' or 'od' write it,";
            digits = line.Substring(place).Split('|')[0];
        }
        else
        {
            tool = ", as 'xxd -p' writes it,";
            digits = line;
        }
        string hex = new(digits.Where(c => c != ' ').ToArray());
        if (hex.Length < 16 || hex.Length % 2 != 0 || !hex.All(IsHex))
            return null;
        return [.. Enumerable.Range(0, hex.Length / 2)
            .Select(i => byte.Parse(hex.Substring(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))];
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}

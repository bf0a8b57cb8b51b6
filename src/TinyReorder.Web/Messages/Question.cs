using System.Text.Json;

namespace TinyReorder.Web.Messages;

/// <summary>What the page asks: the choices of its form. Null, and what is not there, is what the form leaves to the library.</summary>
internal static class Question
{
    /// <summary>Reads a question. A serializer would take a sixth of the time to the first answer to get ready.</summary>
    public static ReorderOptions ToOptions(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement question = document.RootElement;
        return new ReorderOptions
        {
            ModelName = Text("name") ?? throw new JsonException("A question names the model."),
            Board = Text("board"),
            Runtime = Text("runtime"),
            Kernels = Choice<KernelLibrary>("kernels"),
            Overlap = Choice<OverlapKind>("overlap"),
            Rewrite = Choice<RewriteKind>("rewrite") ?? RewriteKind.Off,
            ReservedSramBytes = Bytes("reservedSramBytes"),
            ReservedFlashBytes = Bytes("reservedFlashBytes"),
            // Finding settings that would fit takes longer than the answer: the page asks again for it.
            Advice = question.TryGetProperty("advice", out JsonElement advice) && advice.GetBoolean(),
        };

        string? Text(string name) => question.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

        T? Choice<T>(string name)
            where T : struct, Enum => Text(name) is { } word ? Enum.Parse<T>(word) : null;

        long Bytes(string name) => question.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
    }
}

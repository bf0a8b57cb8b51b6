using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using TinyReorder.Diagnostics;
using TinyReorder.Web.Messages;

namespace TinyReorder.Web;

/// <summary>What the worker calls. It keeps the last result, of which report and files are made.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Engine
{
    private static ReorderedModel? last;
    private static NamedFile? made;

    /// <summary>What can be chosen: a <see cref="Messages.Catalog"/>.</summary>
    [JSExport]
    internal static string Catalog() => JsonSerializer.Serialize(Messages.Catalog.BuiltIn(), MessageJson.Default.Catalog);

    /// <summary>Plans a model.</summary>
    /// <param name="file">What the user chose, as it is.</param>
    /// <param name="question">The choices, as <see cref="Question"/> reads them.</param>
    /// <returns>An <see cref="Answer"/>.</returns>
    [JSExport]
    internal static string Plan(byte[] file, string question)
    {
        (last, made) = (null, null);
        Answer answer;
        try
        {
            last = Reorder.Plan(file, Question.ToOptions(question));
            answer = new Answer(last, file);
        }
        catch (TinyReorderException e)
        {
            answer = new Answer(e.Diagnostic);
        }
        return JsonSerializer.Serialize(answer, MessageJson.Default.Answer);
    }

    /// <summary>Makes a file of the last result, whose bytes <see cref="TakeFile"/> hands over.</summary>
    /// <param name="kind">The name of a <see cref="FileKind"/>.</param>
    /// <returns>A <see cref="MadeFile"/>.</returns>
    [JSExport]
    internal static string MakeFile(string kind)
    {
        MadeFile answer;
        try
        {
            made = Make(last ?? throw new InvalidOperationException("No model was planned."), Enum.Parse<FileKind>(kind));
            answer = new MadeFile { Name = made.Name };
        }
        catch (TinyReorderException e)
        {
            answer = new MadeFile { Trouble = new Trouble(e.Diagnostic) };
        }
        return JsonSerializer.Serialize(answer, MessageJson.Default.MadeFile);
    }

    /// <summary>The bytes of the file that was made last.</summary>
    [JSExport]
    internal static byte[] TakeFile() => (made ?? throw new InvalidOperationException("No file was made.")).Content.ToArray();

    private static NamedFile Make(ReorderedModel model, FileKind kind)
    {
        string stem = Path.GetFileNameWithoutExtension(model.Name);
        return kind switch
        {
            FileKind.Report => Text($"{stem}.memory.html", model.Report(ReportKind.Html)),
            FileKind.Json => Text($"{stem}.memory.json", model.Report(ReportKind.Json)),
            FileKind.Model => new NamedFile($"{stem}.reordered.tflite", model.Bytes),
            FileKind.Header => model.Generate().Header,
            FileKind.Source => model.Generate().Source,
            FileKind.OpResolver => model.Generate().OpResolver ?? throw new InvalidOperationException("No operators are registered."),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static NamedFile Text(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));
}

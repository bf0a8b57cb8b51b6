using System.Text;
using Scriban.Parsing;
using Scriban.Syntax;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>A Scriban template with an environment of its own: nothing is shared, no file is read, no value is escaped.</summary>
internal sealed class Template
{
    private const int LongestMessage = 200;

    private readonly string fileName;
    private readonly string[] needed;
    private readonly Scriban.Template compiled;

    /// <summary>Reads a template.</summary>
    /// <param name="file">The template.</param>
    /// <param name="needed">The variables with bytes that it has to place.</param>
    /// <exception cref="TinyReorderException">
    /// <see cref="DiagnosticCodes.BadTemplate"/>; <see cref="DiagnosticCodes.OldTemplate"/>: it is one of Handlebars.
    /// </exception>
    public Template(TemplateFile file, params string[] needed)
    {
        fileName = file.FileName;
        this.needed = needed;
        compiled = Guard(() => Compile(file));
    }

    /// <summary>The built-in template of that name, such as <c>header.sbn</c>.</summary>
    public static Template BuiltIn(string name, params string[] needed) =>
        new(new TemplateFile(name, EmbeddedFile.Read("TinyReorder.CodeGeneration.Templates." + name)), needed);

    /// <summary>Renders the template: UTF-8, line feeds.</summary>
    /// <param name="variables">What it can refer to. Bytes go where the template places them, as the elements of an array in C.</param>
    /// <param name="output">Where to; on an error nothing is written.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadTemplate"/>.</exception>
    public void Write(IReadOnlyDictionary<string, object?> variables, Stream output)
    {
        string[] parts = Guard(() => Render(variables));
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                ByteArrayWriter.Write((byte[])variables[parts[i]]!, output);
                continue;
            }
            byte[] utf8 = Encoding.UTF8.GetBytes(parts[i]);
            output.Write(utf8, 0, utf8.Length);
        }
    }

    private static Scriban.Template Compile(TemplateFile file)
    {
        string text = TemplateText.Read(file.Utf8);
        if (file.FileName.EndsWith(HandlebarsText.Extension, StringComparison.OrdinalIgnoreCase))
            throw HandlebarsText.Fault(text);
        var compiled = Scriban.Template.Parse(text, file.FileName);
        if (compiled.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
            throw HandlebarsText.Is(text) ? HandlebarsText.Fault(text) : TemplateException.At(error.Span, error.Message);
        new TemplateCheck().Visit(compiled.Page);
        return compiled;
    }

    /// <summary>The rendered text: parts of text and names of bytes in turns.</summary>
    private string[] Render(IReadOnlyDictionary<string, object?> variables)
    {
        string[] parts = compiled.Render(new TemplateRun(TemplateValues.Of(variables))).Split(TemplateValues.Marker);
        string[] placed = [.. parts.Where((_, i) => i % 2 == 1)];
        if (parts.Length % 2 == 0 || placed.Any(name => !variables.TryGetValue(name, out object? value) || value is not byte[]))
            throw new TemplateException("changes {{model_bytes}}, which can only be placed as it is");
        if (placed.FirstOrDefault(name => placed.Count(other => other == name) > 1) is { } twice)
            throw new TemplateException($"places {{{{{twice}}}}} more than once");
        if (needed.FirstOrDefault(name => !placed.Contains(name, StringComparer.Ordinal)) is { } missing)
            throw new TemplateException($"places no {{{{{missing}}}}}");
        return parts;
    }

    /// <summary>Turns every failure of the template engine, whose exceptions are of many types, into the one diagnostic.</summary>
    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (TemplateException e)
        {
            throw Error(e, e);
        }
        catch (ScriptRuntimeException e)
        {
            // The engine names its own setting here.
            bool isOutput = e.OriginalMessage.Contains("OutputLimit");
            string message = isOutput ? $"renders more than {Quantity.Count(TemplateRun.MaxCharacters)} characters" : e.OriginalMessage;
            throw Error(TemplateException.At(e.Span, message), e);
        }
#pragma warning disable CA1031 // the engine also lets exceptions of the framework through
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw Error(new TemplateException(e.Message), e);
        }
    }

    private TinyReorderException Error(TemplateException fault, Exception inner)
    {
        bool isOld = fault.Message == HandlebarsText.NewSyntax;
        string message = isOld ? fault.Message : Quote.Cut(fault.Message.Split('\n')[0].Trim(), LongestMessage);
        Diagnostic diagnostic = Diagnostic.Error(isOld ? DiagnosticCodes.OldTemplate : DiagnosticCodes.BadTemplate, "template: " + message);
        return new TinyReorderException(diagnostic with { File = fileName, Line = fault.Line, Column = fault.Column }, inner);
    }
}

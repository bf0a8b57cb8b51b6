using System.Globalization;
using HandlebarsDotNet;
using HandlebarsDotNet.Compiler;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>A Handlebars template with an environment of its own: nothing is shared, no file is read, no value is escaped.</summary>
internal sealed class Template
{
    private readonly string _fileName;
    private readonly TemplateSyntax _syntax = TemplateSyntax.Empty;
    private readonly HandlebarsTemplate<TextWriter, object, object> _render;

    /// <summary>Compiles a template.</summary>
    /// <param name="file">The template.</param>
    /// <param name="needsModelBytes">Whether it has to place the model's bytes.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadTemplate"/>.</exception>
    public Template(TemplateFile file, bool needsModelBytes)
    {
        _fileName = file.FileName;
        _syntax = Guard(() => TemplateSyntax.Read(file.Utf8, needsModelBytes));
        _render = Guard(() =>
        {
            using StringReader reader = new(_syntax.Text);
            return Handlebars.Create(new HandlebarsConfiguration
            {
                NoEscape = true,
                ThrowOnUnresolvedBindingExpression = true,
                FormatProvider = CultureInfo.InvariantCulture,
            }).Compile(reader);
        });
    }

    /// <summary>Renders the template.</summary>
    /// <returns>The text, split where the model's bytes go.</returns>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadTemplate"/>.</exception>
    public string[] Render(Dictionary<string, object?> variables) => Guard(() =>
    {
        using BoundedWriter writer = new();
        _render(writer, variables, null!);
        string[] parts = writer.ToString().Split([TemplateVariables.ModelBytesMarker], StringSplitOptions.None);
        if (parts.Length > 2)
            throw new TemplateException("places {{model_bytes}} more than once", null);
        if (parts.Length < 2 && _syntax.NeedsModelBytes)
            throw new TemplateException("places no {{model_bytes}}", null);
        return parts;
    });

    /// <summary>Turns every failure of the template engine, whose exceptions are of many types, into the one diagnostic.</summary>
    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (TemplateException e)
        {
            throw Error(e.Line, e.Message, e);
        }
        catch (HandlebarsUndefinedBindingException e)
        {
            throw Error(_syntax.LineOf(e.Path), $"there is no variable {OneLine(e.Path)}", e);
        }
        catch (HandlebarsParserException e)
        {
            throw Error(LineOf(e.Message), e.Message, e);
        }
#pragma warning disable CA1031 // the engine also lets exceptions of the framework through, such as InvalidOperationException for {{#if}}
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw Error(null, e.Message, e);
        }
    }

    private static int? LineOf(string message)
    {
        // The engine says "Occured at: line:column", counting lines from 0.
        int at = message.LastIndexOf("at: ", StringComparison.Ordinal);
        int colon = at < 0 ? -1 : message.IndexOf(':', at + 4);
        string digits = colon < 0 ? "" : message.Substring(at + 4, colon - at - 4);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int line) ? line + 1 : null;
    }

    private static string OneLine(string text)
    {
        string first = text.Split('\n')[0].Trim();
        return new string((first.Length <= 200 ? first : first.Substring(0, 200) + "...").Select(c => char.IsControl(c) ? ' ' : c).ToArray());
    }

    private TinyReorderException Error(int? line, string message, Exception inner)
    {
        string place = line is { } known ? "line " + known.ToString(CultureInfo.InvariantCulture) + ": " : "";
        Diagnostic diagnostic = Diagnostic.Error(DiagnosticCodes.BadTemplate, "template: " + place + OneLine(message));
        return new TinyReorderException(diagnostic with { File = _fileName, Line = line }, inner);
    }
}

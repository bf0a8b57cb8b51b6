using System.Text;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// Renders a model's header and C source. The text comes from Handlebars templates (docs/templates.md); the model's bytes are streamed between its parts.
/// The same input gives the same bytes on every machine and in every culture. Not safe for use by several threads at once.
/// </summary>
public sealed class CodeGenerator
{
    private readonly Template _header;
    private readonly Template _source;

    /// <summary>A generator with the built-in templates, or with a user's where one is given.</summary>
    /// <exception cref="Diagnostics.TinyReorderException"><see cref="Diagnostics.DiagnosticCodes.BadTemplate"/>: a template cannot be read.</exception>
    public CodeGenerator(TemplateFile? header = null, TemplateFile? source = null)
    {
        _header = new Template(header ?? BuiltIn("header.hbs"), needsModelBytes: false);
        _source = new Template(source ?? BuiltIn("source.hbs"), needsModelBytes: true);
    }

    /// <summary>Writes the header: UTF-8, line feeds.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// <see cref="Diagnostics.DiagnosticCodes.BadTemplate"/>: a template cannot be rendered, and nothing was written;
    /// <see cref="Diagnostics.DiagnosticCodes.BadOption"/>: the symbol is no identifier.
    /// </exception>
    public void WriteHeader(GeneratedModel model, Stream output) => Write(_header, model, output);

    /// <summary>Writes the source with the model's bytes: UTF-8, line feeds.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">As <see cref="WriteHeader"/>.</exception>
    public void WriteSource(GeneratedModel model, Stream output) => Write(_source, model, output);

    private static void Write(Template template, GeneratedModel model, Stream output)
    {
        if (model.Model.Length == 0)
            throw new ArgumentException("C has no arrays of zero length", nameof(model));
        string[] parts = template.Render(TemplateVariables.Of(model));
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                ByteArrayWriter.Write(model.Model, output);
            byte[] utf8 = Encoding.UTF8.GetBytes(parts[i]);
            output.Write(utf8, 0, utf8.Length);
        }
    }

    private static TemplateFile BuiltIn(string name) => new(name, EmbeddedFile.Read("TinyReorder.CodeGeneration.Templates." + name));
}

namespace TinyReorder.CodeGeneration;

/// <summary>
/// Renders a model's header, its source, the header that registers its operators and the self test. The text comes from Scriban templates
/// (docs/templates.md); the model's bytes are streamed between its parts. The same input gives the same bytes on every machine and in every culture. Not
/// safe for use by several threads at once.
/// </summary>
internal sealed class CodeGenerator
{
    private readonly Lazy<Template> header;
    private readonly Lazy<Template> source;
    private readonly Lazy<Template> assembly;
    private readonly Lazy<Template> opResolver;
    private readonly Lazy<Template> selfTest = Of(null, "selftest.sbn");

    /// <summary>A generator with the built-in templates, or with a user's where one is given.</summary>
    /// <param name="header">The header's.</param>
    /// <param name="source">The C source's.</param>
    /// <param name="assembly">The assembler source's (<see cref="SourceFormat.Incbin"/>).</param>
    /// <param name="opResolver">That of the header which registers the operators.</param>
    /// <exception cref="Diagnostics.TinyReorderException"><see cref="Diagnostics.DiagnosticCodes.BadTemplate"/>: a template cannot be read;
    /// <see cref="Diagnostics.DiagnosticCodes.OldTemplate"/>: it is one of Handlebars.</exception>
    public CodeGenerator(TemplateFile? header = null, TemplateFile? source = null, TemplateFile? assembly = null, TemplateFile? opResolver = null)
    {
        this.header = Of(header, "header.sbn");
        this.source = Of(source, "source.sbn", "model_bytes");
        this.assembly = Of(assembly, "incbin.sbn");
        this.opResolver = Of(opResolver, "ops.sbn");
    }

    /// <summary>Writes the header: UTF-8, line feeds.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">
    /// <see cref="Diagnostics.DiagnosticCodes.BadTemplate"/>: a template cannot be rendered, and nothing was written;
    /// <see cref="Diagnostics.DiagnosticCodes.BadOption"/>: the symbol is no identifier.
    /// </exception>
    public void WriteHeader(GeneratedModel model, Stream output) => Write(header.Value, model, output);

    /// <summary>
    /// Writes the source with the model's bytes, or in <see cref="SourceFormat.Incbin"/> with the name of the file that has them: UTF-8, line feeds.
    /// </summary>
    /// <exception cref="Diagnostics.TinyReorderException">As <see cref="WriteHeader"/>.</exception>
    public void WriteSource(GeneratedModel model, Stream output) =>
        Write((model.Code.Format == SourceFormat.Incbin ? assembly : source).Value, model, output);

    /// <summary>Writes the header that registers the operators with TensorFlow Lite Micro: C++, UTF-8, line feeds.</summary>
    /// <param name="symbol">What the resolver is called after: a model's symbol, or a name for models that share it.</param>
    /// <param name="resolver">The operators.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="Diagnostics.TinyReorderException">As <see cref="WriteHeader"/>.</exception>
    public void WriteOpResolver(string symbol, OpResolver resolver, Stream output) => opResolver.Value.Write(OpResolverVariables.Of(symbol, resolver), output);

    /// <summary>Writes the self test, a program for the board with both models in it: C++, UTF-8, line feeds.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">As <see cref="WriteHeader"/>.</exception>
    public void WriteSelfTest(SelfTest test, Stream output) => selfTest.Value.Write(SelfTestVariables.Of(test), output);

    private static void Write(Template template, GeneratedModel model, Stream output)
    {
        if (model.Model.Length == 0)
            throw new ArgumentException("C has no arrays of zero length", nameof(model));
        template.Write(TemplateVariables.Of(model), output);
    }

    /// <summary>
    /// A template of the user is read at once, so that what is wrong with it is told; the built-in ones take a while and are read when they are needed.
    /// </summary>
    private static Lazy<Template> Of(TemplateFile? file, string builtIn, params string[] needed)
    {
        Lazy<Template> template = new(() => file is null ? Template.BuiltIn(builtIn, needed) : new Template(file, needed));
        if (file is not null)
            _ = template.Value;
        return template;
    }
}

using Scriban.Syntax;

namespace TinyReorder.CodeGeneration;

/// <summary>Refuses what a template may say but the engine does not bound.</summary>
internal sealed class TemplateCheck : ScriptVisitor
{
    /// <summary>Texts with expressions inside, which would double in each run of a loop: the engine does not limit them.</summary>
    public override void Visit(ScriptInterpolatedExpression node) =>
        throw TemplateException.At(node.Span, "texts with expressions inside ($\"{...}\") are not supported; join the parts with +");
}

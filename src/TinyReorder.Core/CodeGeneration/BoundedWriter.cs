using System.Globalization;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>Collects what a template renders, up to a limit that no sensible header reaches.</summary>
internal sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
{
    /// <summary>How much a template may render, the model's bytes aside.</summary>
    public const int MaxCharacters = 4 << 20;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        Reserve(1);
        base.Write(value);
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count)
    {
        Reserve(count);
        base.Write(buffer, index, count);
    }

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        Reserve(value?.Length ?? 0);
        base.Write(value);
    }

    private void Reserve(int count)
    {
        if (GetStringBuilder().Length + count > MaxCharacters)
            throw new TemplateException($"renders more than {Quantity.Count(MaxCharacters)} characters", null);
    }
}

using System.Text;

namespace TinyReorder;

/// <summary>A file in memory: one that is read, or one that was generated. Nothing here touches the disk.</summary>
/// <param name="name">The name; for what is read, the one by which diagnostics speak of it.</param>
/// <param name="content">The whole file.</param>
public sealed class NamedFile(string name, ReadOnlyMemory<byte> content)
{
    /// <summary>The name, for generated files without a folder.</summary>
    public string Name { get; } = name;

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Content { get; } = content;

    /// <summary>The content read as UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Content.ToArray());
}

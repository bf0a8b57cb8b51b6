namespace TinyReorder;

/// <summary>Reads the data files that are built into this library.</summary>
internal static class EmbeddedFile
{
    /// <summary>The bytes of the resource of that name, such as <c>TinyReorder.Boards.boards.json</c>.</summary>
    public static byte[] Read(string resourceName)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(resourceName)
            ?? throw new InvalidOperationException($"the library was built without {resourceName}");
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

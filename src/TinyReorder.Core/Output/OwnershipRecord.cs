using System.Globalization;
using System.Text;

namespace TinyReorder.Output;

/// <summary>
/// The small file beside outputs that says whose they are, such as <c>.kws.tinyreorder</c>: a line an output with its SHA-256, its name and its owner,
/// separated by tabs and sorted. What is no such line is passed over, so that a record which somebody spoilt claims nothing.
/// </summary>
internal sealed class OwnershipRecord
{
    private const string Ending = ".tinyreorder";
    private const int HashDigits = 64;
    private const string Heading =
        "# What TinyReorder wrote in this folder, by SHA-256, and for whom. Keep it beside the files, committed or ignored as they are.\n";

    private readonly List<OwnershipEntry> entries = [];

    private OwnershipRecord(string path) => File = path;

    /// <summary>The record's path.</summary>
    public string File { get; }

    /// <summary>The folder whose files it tells of.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Its lines.</summary>
    public IReadOnlyList<OwnershipEntry> Entries => entries;

    /// <summary>The path of the record called <paramref name="name"/> in <paramref name="directory"/>.</summary>
    public static string PathOf(string directory, string name) => Path.Combine(directory, "." + name + Ending);

    /// <summary>The record at <paramref name="path"/>; one without lines where there is none.</summary>
    public static OwnershipRecord Read(string path)
    {
        var record = new OwnershipRecord(path);
        if (InputFile.FindSource(path) is { } bytes)
            record.entries.AddRange(Encoding.UTF8.GetString(bytes).Split('\n').Select(Parse).OfType<OwnershipEntry>());
        return record;
    }

    /// <summary>All records in <paramref name="directory"/>.</summary>
    public static IReadOnlyList<OwnershipRecord> In(string directory)
    {
        try
        {
            string[] files = Directory.Exists(directory) ? Directory.GetFiles(directory, ".*" + Ending) : [];
            return [.. files.OrderBy(path => path, StringComparer.Ordinal).Select(Read)];
        }
        catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception))
        {
            return [];
        }
    }

    /// <summary>What it says of the file called <paramref name="name"/>.</summary>
    public IEnumerable<OwnershipEntry> Of(string name) => entries.Where(entry => FinalPath.Comparer.Equals(entry.Name, name));

    /// <summary>Adds a line.</summary>
    public void Add(OwnershipEntry entry)
    {
        if (!entries.Contains(entry))
            entries.Add(entry);
    }

    /// <summary>Takes the lines away for which <paramref name="which"/> holds.</summary>
    public void Remove(Predicate<OwnershipEntry> which) => entries.RemoveAll(which);

    /// <summary>Puts the record in place when it differs; one without lines is deleted.</summary>
    /// <exception cref="Diagnostics.TinyReorderException">It cannot be written: TINY5006.</exception>
    public void Write()
    {
        if (entries.Count == 0)
            OutputFile.Delete(File);
        else
            OutputFile.WriteIfChanged(File, stream => Write(stream));
    }

    private void Write(Stream stream)
    {
        IEnumerable<string> lines = entries
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ThenBy(entry => entry.Sha256, StringComparer.Ordinal)
            .ThenBy(entry => entry.Owner, StringComparer.Ordinal)
            .Select(entry => $"{entry.Sha256}\t{Escape(entry.Name)}\t{Escape(entry.Owner)}\n");
        byte[] utf8 = Encoding.UTF8.GetBytes(Heading + string.Concat(lines));
        stream.Write(utf8, 0, utf8.Length);
    }

    private static OwnershipEntry? Parse(string line)
    {
        string[] parts = line.TrimEnd('\r').Split('\t');
        return parts.Length == 3 && parts[0].Length == HashDigits && parts[1].Length > 0 && parts[2].Length > 0
            ? new OwnershipEntry(Uri.UnescapeDataString(parts[1]), parts[0], Uri.UnescapeDataString(parts[2]))
            : null;
    }

    // A name may have what separates lines and parts.
    private static string Escape(string text) => string.Concat(text.Select(c => c == '%' || char.IsControl(c) ? Escape(c) : c.ToString()));

    private static string Escape(char c) =>
        string.Concat(Encoding.UTF8.GetBytes([c]).Select(value => "%" + value.ToString("X2", CultureInfo.InvariantCulture)));
}

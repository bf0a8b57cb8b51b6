using System.Collections;

namespace TinyReorder.Runtimes;

/// <summary>The operators of a profile, each read where it is first asked for: a model has few of the kinds that a profile knows.</summary>
internal sealed class OperatorTable : IReadOnlyDictionary<string, OperatorProfile>
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => entries.Keys;

    /// <inheritdoc/>
    public IEnumerable<OperatorProfile> Values => entries.Values.Select(Get);

    /// <inheritdoc/>
    public OperatorProfile this[string key] => Get(entries[key]);

    /// <summary>Puts an operator in the place of the one of that name, which <paramref name="read"/> gets; null where there is none.</summary>
    public void Set(string name, Func<OperatorProfile?, OperatorProfile> read) =>
        entries[name] = new Entry(read, entries.TryGetValue(name, out Entry? before) ? before : null);

    /// <summary>Takes an operator out.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name) => entries.Remove(name);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out OperatorProfile value)
    {
        bool isThere = entries.TryGetValue(key, out Entry? entry);
        value = isThere ? Get(entry!) : null!;
        return isThere;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, OperatorProfile>> GetEnumerator() =>
        entries.Select(entry => new KeyValuePair<string, OperatorProfile>(entry.Key, Get(entry.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Reading shares the layouts of the profile's structs, which are no more for several threads at once.
    private OperatorProfile Get(Entry entry)
    {
        lock (entries)
            return entry.Value;
    }

    private sealed class Entry(Func<OperatorProfile?, OperatorProfile> read, Entry? before)
    {
        private OperatorProfile? value;

        public OperatorProfile Value => value ??= read(before?.Value);
    }
}

using TinyReorder.Diagnostics;
using TinyReorder.Json;

namespace TinyReorder.Budgets;

/// <summary>What models may take, as a file that is committed beside them says. A budget never changes.</summary>
internal sealed class SizeBudget
{
    private const int Schema = 1;
    private const long MostBytes = 1L << 40;

    private static readonly string[] RootMembers = ["schema", "models", "tolerance"], EntryMembers = ["arenaBytes", "flashBytes", "peakBytes", "peakOperator"];

    private readonly SortedDictionary<string, BudgetEntry> entries;

    private SizeBudget(string name, Tolerance tolerance, SortedDictionary<string, BudgetEntry> entries) =>
        (Name, Tolerance, this.entries) = (name, tolerance, entries);

    /// <summary>The file as the user named it.</summary>
    public string Name { get; }

    /// <summary>By how much each size may grow.</summary>
    public Tolerance Tolerance { get; }

    /// <summary>The entries by the symbols of their models, in ordinal order.</summary>
    public IReadOnlyDictionary<string, BudgetEntry> Entries => entries;

    /// <summary>A budget without entries.</summary>
    public static SizeBudget Empty(string name) => new(name, Tolerance.None, new(StringComparer.Ordinal));

    /// <summary>Reads a budget (docs/budgets.md).</summary>
    /// <param name="json">The file's bytes, UTF-8.</param>
    /// <param name="name">The file as the user named it, for diagnostics.</param>
    /// <exception cref="TinyReorderException"><see cref="DiagnosticCodes.BadBudgetFile"/>.</exception>
    public static SizeBudget Load(byte[] json, string name)
    {
        JsonValue root = JsonFile.Parse(json, name, DiagnosticCodes.BadBudgetFile).AsObject();
        RefuseUnknown(root, RootMembers);
        if (root.GetInt64("schema") != Schema)
            throw root.Get("schema").Error($"must be {Schema}, the only form that there is");
        Tolerance tolerance = Tolerance.None;
        if (root.FindString("tolerance") is { } text)
            tolerance = Tolerance.TryParse(text) ?? throw root.Get("tolerance").Error($"must be {Tolerance.Form}, not {JsonText.Quote(text)}");
        var entries = new SortedDictionary<string, BudgetEntry>(StringComparer.Ordinal);
        foreach (JsonValue model in root.Get("models").AsObject().Children)
        {
            RefuseUnknown(model.AsObject(), EntryMembers);
            entries.Add(model.Name!, new BudgetEntry(
                Bytes(model, "arenaBytes"), Bytes(model, "flashBytes"), Bytes(model, "peakBytes"), model.FindString("peakOperator")));
        }
        return new SizeBudget(name, tolerance, entries);
    }

    /// <summary>
    /// An error where the model grew beyond its entry, a warning where it has none; null where all is well.
    /// </summary>
    /// <param name="symbol">The symbol of the model, which its entry is called by.</param>
    /// <param name="sizes">What it takes.</param>
    /// <param name="update">How the user writes that the budget shall be written anew, such as <c>--update-budget</c>.</param>
    public Diagnostic? Check(string symbol, ModelSizes sizes, string update) => entries.TryGetValue(symbol, out BudgetEntry? entry)
        ? GrowthCheck.Of(entry, sizes, Tolerance, $"its budget in {Quote.Text(Name)}", $"Make the model smaller, or accept its size with {update}")
        : Diagnostic.Warning(DiagnosticCodes.ExceedsBudget,
            $"has no entry \"{Quote.Text(symbol)}\" in the budget {Quote.Text(Name)}, so nothing is held against it; {update} adds it"
                + (NearestNames.Within(symbol, entries.Keys, most: 2) is { } near ? $" (there is \"{Quote.Text(near)}\")" : ""));

    /// <summary>This budget with the sizes of some models as their entries; others stay.</summary>
    public SizeBudget With(IEnumerable<(string Symbol, ModelSizes Sizes)> models)
    {
        var all = new SortedDictionary<string, BudgetEntry>(entries, StringComparer.Ordinal);
        foreach ((string symbol, ModelSizes sizes) in models)
            all[symbol] = BudgetEntry.Of(sizes);
        return new SizeBudget(Name, Tolerance, all);
    }

    /// <summary>The file: the same bytes for the same budget, wherever it is written.</summary>
    public string ToJson() => JsonOutput.OfIndented(writer =>
    {
        writer.WriteNumber("schema", Schema);
        writer.WriteObject("models", () =>
        {
            foreach (KeyValuePair<string, BudgetEntry> model in entries)
            {
                writer.WriteObject(model.Key, () =>
                {
                    Write("arenaBytes", model.Value.ArenaBytes);
                    Write("flashBytes", model.Value.FlashBytes);
                    Write("peakBytes", model.Value.PeakBytes);
                    if (model.Value.PeakOperator is { } op)
                        writer.WriteString("peakOperator", op);
                });
            }
        });
        writer.WriteString("tolerance", Tolerance.Text);

        void Write(string name, long? bytes)
        {
            if (bytes is { } known)
                writer.WriteNumber(name, known);
        }
    });

    private static long? Bytes(JsonValue model, string member) => model.FindInt64(member, 0, MostBytes);

    private static void RefuseUnknown(JsonValue item, string[] known)
    {
        JsonValue? unknown = item.Children.FirstOrDefault(member => !known.Contains(member.Name, StringComparer.Ordinal));
        if (unknown is not null)
            throw unknown.Error($"is no member of a budget; nearest: {string.Join(", ", NearestNames.Find(unknown.Name!, known, 2))}");
    }
}

using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Json;
using TinyReorder.Output;

namespace TinyReorder.Budgets;

/// <summary>Reads and writes the file of a budget.</summary>
internal static class BudgetFile
{
    /// <summary>The budget of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What diagnostics call it: the path as the user wrote it.</param>
    /// <param name="update">How the user writes that it shall be written.</param>
    /// <exception cref="TinyReorderException">It is not there, cannot be read, or is no budget: TINY1010.</exception>
    public static SizeBudget Load(string path, string name, string update) => File.Exists(path)
        ? SizeBudget.Load(InputFile.Read(path, name, DiagnosticCodes.BadBudgetFile, JsonFile.MaxFileBytes), name)
        : throw new TinyReorderException(
            Diagnostic.Error(DiagnosticCodes.BadBudgetFile, $"there is no budget '{Quote.Text(name)}'; {update} writes it") with { File = name });

    /// <summary>Writes the sizes of some models into the file, which need not be there; entries of others stay.</summary>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="TinyReorderException">What is there is no budget (TINY1010), or it cannot be written (TINY5006).</exception>
    public static bool Update(string path, string name, IEnumerable<(string Symbol, ModelSizes Sizes)> models)
    {
        SizeBudget old = File.Exists(path)
            ? SizeBudget.Load(InputFile.Read(path, name, DiagnosticCodes.BadBudgetFile, JsonFile.MaxFileBytes), name) : SizeBudget.Empty(name);
        byte[] json = Encoding.UTF8.GetBytes(old.With(models).ToJson());
        return OutputFile.WriteIfChanged(path, stream => stream.Write(json, 0, json.Length));
    }
}

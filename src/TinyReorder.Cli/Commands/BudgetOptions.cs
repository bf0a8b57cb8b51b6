using System.CommandLine;
using TinyReorder.Budgets;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;

namespace TinyReorder.Cli.Commands;

/// <summary>What a command that optimizes one model is asked about the budget that the model is held against.</summary>
internal sealed class BudgetOptions
{
    private const string UpdateName = "--update-budget";

    private readonly Option<string?> budget = CommonOptions.Value(
        "--budget", "FILE", "A JSON file with what each model may take, by its symbol; more than that is an error. See docs/budgets.md.");

    private readonly Option<bool> update = new(UpdateName)
    {
        Description = "Writes what the model takes into the file of --budget, instead of holding it against it.",
    };

    /// <summary>Adds both to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(budget);
        command.Options.Add(update);
    }

    /// <summary>The file that <paramref name="line"/> names, or null.</summary>
    public string? File(ParseResult line) => line.GetValue(budget);

    /// <summary>Refuses what cannot be meant, before any work.</summary>
    /// <exception cref="TinyReorderException">There is nothing to update, or the path is empty: TINY5003.</exception>
    public void Check(ParseResult line)
    {
        if (line.GetValue(update) && File(line) is null)
            throw Bad($"{UpdateName} has no file to write; add --budget FILE");
        if (File(line) is { } file && string.IsNullOrWhiteSpace(file))
            throw Bad("--budget is empty; name the JSON file");
    }

    /// <summary>The result with what its budget has to say; a budget that is to be written anew is written where there is no error.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="symbol">The symbol of the model; null for that of the file's name.</param>
    /// <param name="result">The result.</param>
    /// <exception cref="TinyReorderException">The file is no budget (TINY1010), or cannot be written (TINY5006).</exception>
    public OptimizationResult Apply(ParseResult line, string? symbol, OptimizationResult result)
    {
        if (File(line) is not { } file)
            return result;
        symbol ??= SymbolName.FromFileName(result.Model.Name);
        if (line.GetValue(update))
        {
            if (result.Succeeded)
                BudgetFile.Update(file, file, [(symbol, ModelSizes.Of(result))]);
            return result;
        }
        Diagnostic? found = BudgetFile.Load(file, file, UpdateName).Check(symbol, ModelSizes.Of(result), UpdateName);
        return found is null ? result : result with { Diagnostics = [.. result.Diagnostics, found with { File = result.Model.Name }] };
    }

    private static TinyReorderException Bad(string message) => new(Diagnostic.Error(DiagnosticCodes.BadOption, message));
}

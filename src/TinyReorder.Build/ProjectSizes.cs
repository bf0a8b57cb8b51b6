using TinyReorder.Budgets;
using TinyReorder.Diagnostics;
using TinyReorder.Projects;

namespace TinyReorder.Build;

/// <summary>Holds the models of a project against the budget that was committed with it, or writes it anew.</summary>
internal sealed class ProjectSizes(ProjectPaths paths, string? budgetFile, bool updates)
{
    private const string Update = "-p:TinyModelUpdateBudget=true";

    /// <summary>Does it; nothing where no budget is named.</summary>
    /// <param name="jobs">The models.</param>
    /// <param name="footprints">What each takes.</param>
    /// <param name="report">Tells a diagnostic about a file.</param>
    /// <param name="tell">Tells a line.</param>
    /// <param name="isGood">Whether the models fit their boards: those that do not are no new budget.</param>
    /// <exception cref="TinyReorderException">The file is none (TINY1010), or cannot be written (TINY5006).</exception>
    public void Check(IReadOnlyList<ModelJob> jobs, IReadOnlyList<ModelFootprint> footprints, Action<Diagnostic, string> report,
        Action<string> tell, bool isGood)
    {
        if (string.IsNullOrEmpty(budgetFile))
        {
            if (updates)
                report(Diagnostic.Warning(DiagnosticCodes.BadOption, "TinyModelUpdateBudget is true, but TinyModelBudget names no file; name one"), "");
            return;
        }
        string path = paths.Absolute(budgetFile!);
        if (updates)
        {
            if (!isGood)
                return;
            bool isChanged = BudgetFile.Update(path, budgetFile!, footprints.Select(model => (model.Symbol, model.Sizes)));
            tell($"budget {budgetFile}: {(isChanged ? "written" : "unchanged")}");
            return;
        }
        if (jobs.Count == 0)
            return;
        SizeBudget budget = BudgetFile.Load(path, budgetFile!, Update);
        for (int i = 0; i < jobs.Count; i++)
        {
            if (budget.Check(jobs[i].Symbol, footprints[i].Sizes, Update) is { } found)
                report(found, jobs[i].Name);
        }
    }
}

namespace TinyReorder.Budgets;

/// <summary>What a model may take, as the file has it; null stands for a size that is not looked at.</summary>
/// <param name="ArenaBytes">Its arena.</param>
/// <param name="FlashBytes">Its flash.</param>
/// <param name="PeakBytes">Its peak.</param>
/// <param name="PeakOperator">The operator that held the peak when the entry was written; null where nobody noted it.</param>
internal sealed record BudgetEntry(long? ArenaBytes, long? FlashBytes, long? PeakBytes, string? PeakOperator)
{
    /// <summary>An entry of <paramref name="sizes"/>.</summary>
    public static BudgetEntry Of(ModelSizes sizes) => new(sizes.ArenaBytes, sizes.FlashBytes, sizes.PeakBytes, sizes.PeakOperator);
}

namespace TinyReorder.Work;

/// <summary>Work for each unit of a quantity, and where the rates come from.</summary>
internal sealed record WorkRates(IReadOnlyList<(WorkQuantity Quantity, double Rate)> Rates, string Source)
{
    /// <summary>The work of an operator with these quantities.</summary>
    public double Of(OperatorQuantities quantities) => Rates.Sum(rate => rate.Rate * quantities[rate.Quantity]);
}

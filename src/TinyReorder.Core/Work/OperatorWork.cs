namespace TinyReorder.Work;

/// <summary>The predicted work of one operator.</summary>
/// <param name="Subgraph">The index of its subgraph.</param>
/// <param name="Operator">Its index in the subgraph's operators.</param>
/// <param name="Kind">What it is called.</param>
/// <param name="EachRun">The work of one run, with the interpreter's own for it and without the subgraphs that it calls.</param>
/// <param name="Runs">How often it runs in one inference.</param>
/// <param name="IsKnown">Whether a rate was measured for it; else the generic rate counts it.</param>
internal sealed record OperatorWork(int Subgraph, int Operator, string Kind, double EachRun, long Runs, bool IsKnown)
{
    /// <summary>The work of all runs.</summary>
    public double Total => EachRun * Runs;
}

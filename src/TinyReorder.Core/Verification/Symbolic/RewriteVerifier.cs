using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// Proves that a rewritten model gives the answers of the original at the places of its plan: both are run with terms in the place of numbers, the rewritten one
/// in an arena, turn by turn and row by row, and have to end with the same terms. It shares no code with what rewrites, searches or places.
/// </summary>
internal static class RewriteVerifier
{
    /// <summary>Verifies a plan of a rewritten model.</summary>
    /// <param name="original">The model as it was.</param>
    /// <param name="loops">
    /// The operators of the original that each loop stands for, the axis of its rows, and the subgraph of its body; or the operators of the first subgraph that
    /// make bands instead.
    /// </param>
    /// <param name="plan">The plan of the rewritten model.</param>
    /// <exception cref="TinyReorderException">The rewritten model or its plan is wrong: TINY4003.</exception>
    public static void Verify(TfliteModel original, IReadOnlyList<(int First, int Last, int Axis, int? Body, IReadOnlyList<int> Bands)> loops, PlacedPlan plan)
    {
        if (FirstFault(original, loops, plan) is not { } fault)
            return;
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.PlanRejected,
            $"the rewritten model is wrong and was not used: {fault}; this is a defect of TinyReorder, please report it with the model") with
        { File = original.Name });
    }

    /// <summary>What is wrong, or null.</summary>
    internal static string? FirstFault(TfliteModel original,
        IReadOnlyList<(int First, int Last, int Axis, int? Body, IReadOnlyList<int> Bands)> loops, PlacedPlan plan)
    {
        try
        {
            Check(original, loops, plan);
            return null;
        }
        catch (PlanFaultException fault)
        {
            return fault.Message;
        }
    }

    private static void Check(TfliteModel original, IReadOnlyList<(int First, int Last, int Axis, int? Body, IReadOnlyList<int> Bands)> loops, PlacedPlan plan)
    {
        int originalBytes = original.Bytes.Length;
        if (!KeptFile.IsWhole(original, plan.Model))
            throw new PlanFaultException("the original file is not whole in the rewritten one");
        foreach (PlacedBuffer buffer in plan.Buffers)
        {
            if (buffer.OffsetBytes < 0 || buffer.OffsetBytes % plan.AlignmentBytes != 0 || buffer.OffsetBytes > plan.HeightBytes - buffer.Bytes)
                throw new PlanFaultException($"tensor {buffer.Tensor} of subgraph {buffer.Subgraph} lies outside of the plan");
        }
        var terms = new TermTable();
        var run = new OriginalRun(original, terms, new TermIdentity(original, originalBytes, terms));
        int[] expected = run.Outputs(op => loops.Where(loop => op >= loop.First && op <= loop.Last).Select(loop => (int?)loop.Axis).FirstOrDefault());
        var rewritten = new RewrittenRun(plan, originalBytes, terms);
        int[] found = rewritten.Outputs(body => loops.First(loop => loop.Body == body).Axis,
            op => loops.Where(loop => loop.Bands.Contains(op)).Select(loop => (int?)loop.Axis).FirstOrDefault());
        if (rewritten.State != run.State)
            throw new PlanFaultException("operators with effects are not those of the original, in its order");
        for (int i = 0; i < expected.Length; i++)
        {
            if (i >= found.Length || found[i] != expected[i])
                throw new PlanFaultException($"output {i} is not made as the original makes it");
        }
    }
}

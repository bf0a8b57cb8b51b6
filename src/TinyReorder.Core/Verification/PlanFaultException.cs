namespace TinyReorder.Verification;

/// <summary>What a replay found against a plan; it never leaves the verifier.</summary>
internal sealed class PlanFaultException(string message) : Exception(message);

using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// Makes sure that an operator reads what it needs before it writes there, and writes its scratch; called when its inputs have been read and before its outputs
/// are written.
/// </summary>
/// <param name="subgraph">The operator's subgraph.</param>
/// <param name="op">The operator.</param>
/// <param name="isInSteps">Whether the caller follows what it reads of its first input, and what it writes, step by step.</param>
/// <exception cref="PlanFaultException">It writes over something that it still reads.</exception>
internal delegate void OperatorCheck(TfliteSubgraph subgraph, TfliteOperator op, bool isInSteps);

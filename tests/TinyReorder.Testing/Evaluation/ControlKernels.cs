namespace TinyReorder.Tests.Shared;

/// <summary>WHILE, IF and CALL_ONCE. Tensors go from and to subgraphs one by one, as whole blocks; nothing is done where both lie at the same place.</summary>
internal static class ControlKernels
{
    public static void While(OperatorCall call)
    {
        ArenaInterpreter interpreter = call.Interpreter;
        int condition = call.Options.Int32(0), body = call.Options.Int32(1);
        TensorView[] inputs = Enumerable.Range(0, call.InputCount).Select(call.Input).ToArray();
        TensorView[] outputs = Enumerable.Range(0, call.OutputCount).Select(call.Output).ToArray();
        TensorView[] seen = interpreter.InputsOf(condition), given = interpreter.InputsOf(body), made = interpreter.OutputsOf(body);
        Copy(inputs, seen);
        Copy(inputs, outputs);
        for (int turn = 0; Goes(); turn++)
        {
            if (turn == interpreter.MostTurns)
                throw new InvalidOperationException($"WHILE does not end after {turn} turns");
            Copy(outputs, given);
            interpreter.RunSubgraph(body);
            Copy(made, outputs);
            Copy(outputs, seen);
        }

        bool Goes()
        {
            interpreter.RunSubgraph(condition);
            return interpreter.OutputsOf(condition)[0].Bytes[0] != 0;
        }
    }

    public static void If(OperatorCall call)
    {
        int branch = call.Options.Int32(call.Input(0).Bytes[0] != 0 ? 0 : 1);
        Copy(Enumerable.Range(1, call.InputCount - 1).Select(call.Input).ToArray(), call.Interpreter.InputsOf(branch));
        call.Interpreter.RunSubgraph(branch);
        Copy(call.Interpreter.OutputsOf(branch), Enumerable.Range(0, call.OutputCount).Select(call.Output).ToArray());
    }

    public static void CallOnce(OperatorCall call) => call.Interpreter.RunSubgraph(call.Options.Int32(0));

    private static void Copy(TensorView[] from, TensorView[] to)
    {
        if (from.Length != to.Length)
            throw new InvalidOperationException($"{from.Length} tensors are copied to {to.Length}");
        for (int i = 0; i < from.Length; i++)
        {
            if (from[i].ByteCount != to[i].ByteCount || from[i].Type != to[i].Type)
                throw new InvalidOperationException($"{from[i].Tensor.Name} is copied to {to[i].Tensor.Name}, which has another type or size");
            from[i].CopyBytes(0, to[i], 0, to[i].ByteCount);
        }
    }
}

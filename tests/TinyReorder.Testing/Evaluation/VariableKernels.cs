namespace TinyReorder.Tests.Shared;

/// <summary>VAR_HANDLE, READ_VARIABLE and ASSIGN_VARIABLE; a variable that nobody has assigned to is filled with its zero point.</summary>
internal static class VariableKernels
{
    private const int Container = 0, SharedName = 1;

    public static void Handle(OperatorCall call) => call.Output().Values<int>()[0] =
        call.Interpreter.Variables.NumberOf(call.Options.FindText(Container) + "/" + call.Options.FindText(SharedName));

    public static void Read(OperatorCall call)
    {
        TensorView output = call.Output();
        if (call.Interpreter.Variables.Find(Number(call)) is { } value)
            value.CopyTo(output.Bytes);
        else
            output.Bytes.Fill(unchecked((byte)output.ZeroPoint));
    }

    public static void Assign(OperatorCall call) => call.Interpreter.Variables.Assign(Number(call), call.Input(1).Bytes.ToArray());

    private static int Number(OperatorCall call) => call.Input(0).Values<int>()[0];
}

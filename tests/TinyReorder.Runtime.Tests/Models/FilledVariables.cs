using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;

namespace TinyReorder.Tests.Runtime.Models;

/// <summary>
/// Gives data to variables of loops that begin with none. TensorFlow Lite Micro lets a loop's output begin as whatever the arena holds, since each row is
/// written before it is read; TensorFlow Lite refuses a tensor that nothing has written.
/// </summary>
internal static class FilledVariables
{
    /// <summary>The model with <paramref name="fill"/> in each such variable: a row that is not written would show it.</summary>
    public static byte[] Of(TfliteModel model, byte fill)
    {
        TfliteSubgraph main = model.Subgraphs[0];
        var editor = new ModelEditor(model);
        SubgraphEdit edit = editor.Edit(0);
        HashSet<int> written = [.. main.Inputs, .. main.Operators.SelectMany(op => op.Outputs)];
        for (int i = 0; i < main.Operators.Count; i++)
        {
            TfliteOperator op = main.Operators[i];
            if (op.Kind != "WHILE")
                continue;
            edit.Operators[i] = new EditedOperator(new NewOperator
            {
                Code = editor.OperatorCodeOf(0, i),
                Inputs = [.. op.Inputs.Select(t => written.Contains(t) || main.Tensors[t].IsConstant ? t : Filled(t))],
                Outputs = op.Outputs,
                OptionsOf = (0, i),
            });
        }
        return editor.Write(model.Bytes);

        int Filled(int tensor)
        {
            byte[] data = new byte[main.Tensors[tensor].Bytes];
            Array.Fill(data, fill);
            return edit.AddTensor(new NewTensor
            {
                Shape = main.Tensors[tensor].Shape,
                Type = main.Tensors[tensor].Type,
                Buffer = editor.AddBuffer(data),
                QuantizationOf = (0, tensor),
            });
        }
    }
}

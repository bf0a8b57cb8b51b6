using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtime.Models;

/// <summary>The inputs that <c>run-models.cjs</c> fills from a seed and a percentage of the type's range.</summary>
internal static class RuntimeInputs
{
    /// <summary>The bytes of each input of a model whose inputs are all INT8.</summary>
    public static byte[][] Of(TfliteModel model, int seed, int percent)
    {
        uint state = unchecked((uint)seed * 0x9E3779B1);
        double share = percent / 100.0;
        return model.Subgraphs[0].Inputs.Select(input => Bytes(model.Subgraphs[0].Tensors[input])).ToArray();

        byte[] Bytes(TfliteTensor tensor)
        {
            Assert.Equal(TensorType.Int8, tensor.Type);
            return Enumerable.Range(0, (int)tensor.Bytes).Select(_ => unchecked((byte)(sbyte)Math.Floor(((Next() * 256) - 128) * share))).ToArray();
        }

        // xorshift32, from 0 up to 1.
        double Next()
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            return state / 4294967296.0;
        }
    }
}

using System.Numerics;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Shared;

/// <summary>MAXIMUM, MINIMUM, the comparisons such as LESS, and SELECT_V2.</summary>
internal static class ComparisonKernels
{
    private const int ComparedShift = 8;

    public static void Maximum(OperatorCall call) => Extreme(call, isMaximum: true);

    public static void Minimum(OperatorCall call) => Extreme(call, isMaximum: false);

    /// <summary>A comparison, by what it makes of -1, 0 or 1 for less, equal and greater.</summary>
    public static Action<OperatorCall> Comparison(Func<int, bool> result) => call => Compare(call, result);

    private static void Compare(OperatorCall call, Func<int, bool> result)
    {
        TensorView left = call.Input(0), right = call.Input(1);
        FixedMultiplier ofLeft = FixedMultiplier.Of(left.Scale), ofRight = FixedMultiplier.Of(right.Scale);
        switch (left.Type)
        {
            case TensorType.Int8:
                Compare<sbyte>(call, (a, b) =>
                    result(ofLeft.Apply((a - left.ZeroPoint) << ComparedShift).CompareTo(ofRight.Apply((b - right.ZeroPoint) << ComparedShift))));
                break;
            case TensorType.Bool:
                Compare<byte>(call, (a, b) => result(a.CompareTo(b)));
                break;
            case TensorType.Int32:
                Compare<int>(call, (a, b) => result(a.CompareTo(b)));
                break;
            case TensorType.Int64:
                Compare<long>(call, (a, b) => result(a.CompareTo(b)));
                break;
            case TensorType.Float32:
                Compare<float>(call, (a, b) => result(a.CompareTo(b)));
                break;
            default:
                throw call.Unsupported();
        }
    }

    /// <summary>Element by element; where the condition is the same for a whole run, that run is copied as a block.</summary>
    public static void Select(OperatorCall call)
    {
        TensorView condition = call.Input(0), whenTrue = call.Input(1), output = call.Output();
        if (condition.Type != TensorType.Bool || whenTrue.Type != output.Type || call.Input(2).Type != output.Type)
            throw call.Unsupported();
        TensorView[] sources = [call.Input(2), whenTrue];
        var chosen = new Broadcast(condition, output);
        Broadcast[] from = [new Broadcast(sources[0], output), new Broadcast(sources[1], output)];
        int run = RunOf(condition, output);
        for (int i = 0; i < output.Count; i += run)
        {
            int source = condition.Values<byte>()[chosen[i]] != 0 ? 1 : 0;
            bool isBlock = run > 1 && sources[source].Shape.SequenceEqual(output.Shape);
            if (isBlock)
                sources[source].CopyBytes(from[source][i] * output.ElementBytes, output, i * output.ElementBytes, run * output.ElementBytes);
            for (int k = 0; k < run && !isBlock; k++)
                sources[source].CopyElement(from[source][i + k], output, i + k);
        }
    }

    private static void Extreme(OperatorCall call, bool isMaximum)
    {
        switch (call.Output().Type)
        {
            case TensorType.Int8: Extreme<sbyte>(call, isMaximum); break;
            case TensorType.UInt8: Extreme<byte>(call, isMaximum); break;
            case TensorType.Int16: Extreme<short>(call, isMaximum); break;
            case TensorType.Int32: Extreme<int>(call, isMaximum); break;
            case TensorType.Int64: Extreme<long>(call, isMaximum); break;
            case TensorType.Float32: Extreme<float>(call, isMaximum); break;
            default: throw call.Unsupported();
        }
    }

    private static void Extreme<T>(OperatorCall call, bool isMaximum) where T : unmanaged, IComparisonOperators<T, T, bool> =>
        SumKernels.Each<T>(call, (a, b) => (isMaximum ? a > b : a < b) ? a : b);

    private static void Compare<T>(OperatorCall call, Func<T, T, bool> result) where T : unmanaged
    {
        TensorView left = call.Input(0), right = call.Input(1), output = call.Output();
        if (right.Type != left.Type || output.Type != TensorType.Bool)
            throw call.Unsupported();
        var fromLeft = new Broadcast(left, output);
        var fromRight = new Broadcast(right, output);
        for (int i = 0; i < output.Count; i++)
            output.Values<byte>()[i] = result(left.Values<T>()[fromLeft[i]], right.Values<T>()[fromRight[i]]) ? (byte)1 : (byte)0;
    }

    /// <summary>The elements of the output in a row that have one element of the condition.</summary>
    private static int RunOf(TensorView condition, TensorView output)
    {
        int run = 1, missing = output.Shape.Count - condition.Shape.Count;
        for (int i = output.Shape.Count - 1; i >= 0 && (i < missing || condition.Size(i - missing) == 1); i--)
            run *= output.Size(i);
        return run;
    }
}

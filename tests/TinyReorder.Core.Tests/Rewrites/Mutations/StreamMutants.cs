using TinyReorder.Diagnostics;
using TinyReorder.Graphs;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using TinyReorder.Verification;

namespace TinyReorder.Tests.Rewrites.Mutations;

/// <summary>Changes of a good rewritten model and its plan, drawn at random. Some change nothing that counts.</summary>
internal sealed class StreamMutants(PlannedStream good, Pcg32 random)
{
    private const long Step = 16;

    private readonly int addedBytes = good.Model.Bytes.Length - good.Rewritten.Original.Bytes.Length;

    private PlacedPlan Plan => good.Plan;

    /// <summary>So many of each kind, as far as the model has what to change.</summary>
    public IEnumerable<StreamMutant> All(int ofEach)
    {
        Func<StreamMutant?>[] kinds = [Moved, LaidOnNeighbour, TableEntry, Carried, Swapped, Nearer];
        return kinds.SelectMany(make => Enumerable.Range(0, ofEach).Select(_ => make())).OfType<StreamMutant>();
    }

    private StreamMutant? Moved()
    {
        PlacedBuffer moved = random.Pick(Tensors());
        bool isUp = moved.OffsetBytes < Step || random.OneIn(2);
        return Placed("offset moved by 16", $"{moved} {(isUp ? "up" : "down")}", buffer => buffer == moved ? buffer.OffsetBytes + (isUp ? Step : -Step) : null);
    }

    /// <summary>A tensor of an operator of a loop begins where another of the same operator does.</summary>
    private StreamMutant? LaidOnNeighbour()
    {
        TfliteSubgraph subgraph = good.Model.Subgraphs[random.Below(good.Model.Subgraphs.Count)];
        TfliteOperator op = random.Pick(subgraph.Operators);
        PlacedBuffer[] near = [.. Tensors().Where(buffer => buffer.Subgraph == subgraph.Index && op.Inputs.Concat(op.Outputs).Contains(buffer.Tensor))];
        if (near.Length < 2)
            return null;
        PlacedBuffer moved = random.Pick(near), other = random.Pick(near);
        return Placed("laid on a neighbour", $"{moved} on {other}", buffer => buffer == moved ? other.OffsetBytes : null);
    }

    /// <summary>A number or a flag of a table, of a counter or of a size.</summary>
    private StreamMutant? TableEntry() => Changed("table entry changed by one", tensor => tensor.Type is TensorType.Int32 or TensorType.Bool, (tensor, bytes) =>
    {
        int size = tensor.Type.ElementBytes(), at = tensor.ConstantBytes.Offset + (size * random.Below(tensor.ConstantBytes.Count / size));
        if (size == 1)
            bytes[at] ^= 1;
        else
            LittleEndian.WriteUInt32(bytes, at, LittleEndian.ReadUInt32(bytes, at) + (random.OneIn(2) ? 1u : uint.MaxValue));
    });

    /// <summary>A byte of what stands for rows before the first one, or of the value that pads.</summary>
    private StreamMutant? Carried() => Changed("byte of padding changed", tensor => tensor.Type is TensorType.Int8 or TensorType.Float32,
        (tensor, bytes) => bytes[tensor.ConstantBytes.Offset + random.Below(tensor.ConstantBytes.Count)] ^= (byte)(1 << random.Below(8)));

    private StreamMutant? Swapped()
    {
        TfliteSubgraph body = good.Model.Subgraphs[random.Pick(good.Rewritten.Regions).Body ?? 0];
        int first = random.Below(body.Operators.Count), second = random.Below(body.Operators.Count);
        if (first == second)
            return null;
        int[] order = [.. Enumerable.Range(0, body.Operators.Count)];
        (order[first], order[second]) = (second, first);
        IReadOnlyList<int>[] orders = [.. Plan.Orders.Select((known, s) => s == body.Index ? order : known)];
        byte[] file = TfliteRewriter.Rewrite(good.Model, orders);
        return new StreamMutant("operators of the body swapped", $"{first} and {second}", Plan with
        {
            Model = TfliteModel.Load(file, good.Model.Name),
            Buffers = [.. Plan.Buffers.Select(buffer => buffer.Tensor < 0 && buffer.Subgraph == body.Index
                ? buffer with { Operator = Array.IndexOf(order, buffer.Operator) } : buffer)],
        });
    }

    /// <summary>A group lies 16 bytes nearer to one that it may share bytes with than the two may.</summary>
    private StreamMutant? Nearer()
    {
        TiedPair[] pairs = [.. good.Rewritten.Ties.Pairs];
        if (pairs.Length == 0)
            return null;
        TiedPair pair = random.Pick(pairs);
        long least = (pair.DistanceBytes + Step - 1) / Step * Step;
        long upper = Tensors().First(buffer => (buffer.Subgraph, buffer.Tensor) == pair.Upper).OffsetBytes;
        long lower = upper - least + Step;
        return lower < 0 ? null : Placed("pair nearer by 16", $"{pair}", buffer => AreTied((buffer.Subgraph, buffer.Tensor), pair.Lower) ? lower : null);
    }

    private bool AreTied((int Subgraph, int Tensor) one, (int Subgraph, int Tensor) other) => one == other
        || (good.Rewritten.Ties.GroupOf(one.Subgraph, one.Tensor) is var group and >= 0 && group == good.Rewritten.Ties.GroupOf(other.Subgraph, other.Tensor));

    private PlacedBuffer[] Tensors() => [.. Plan.Buffers.Where(buffer => buffer.Tensor >= 0)];

    private StreamMutant Placed(string kind, string what, Func<PlacedBuffer, long?> moved)
    {
        PlacedBuffer[] buffers = [.. Plan.Buffers.Select(buffer => moved(buffer) is { } offset ? buffer with { OffsetBytes = offset } : buffer)];
        // With room above, what is moved up is told by what it does and not by the end of the arena.
        long height = Math.Max(Plan.HeightBytes, buffers.Max(buffer => buffer.OffsetBytes + buffer.Bytes));
        return new StreamMutant(kind, what, Plan with { Buffers = buffers, HeightBytes = height });
    }

    /// <summary>Changes the data of a constant that the rewrite added; null where there is none, or where no reader takes the file.</summary>
    private StreamMutant? Changed(string kind, Func<TfliteTensor, bool> isWanted, Action<TfliteTensor, byte[]> change)
    {
        TfliteTensor[] constants = [.. good.Model.Subgraphs.SelectMany(subgraph => subgraph.Tensors)
            .Where(tensor => tensor.IsConstant && tensor.ConstantBytes.Count > 0 && tensor.ConstantBytes.Offset < addedBytes && isWanted(tensor))];
        if (constants.Length == 0)
            return null;
        TfliteTensor constant = random.Pick(constants);
        byte[] bytes = [.. good.Model.Bytes];
        change(constant, bytes);
        try
        {
            return new StreamMutant(kind, $"buffer {constant.Buffer}", Plan with { Model = TfliteModel.Load(bytes, good.Model.Name) });
        }
        catch (TinyReorderException)
        {
            return null;
        }
    }
}

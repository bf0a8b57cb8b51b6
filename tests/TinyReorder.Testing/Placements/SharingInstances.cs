using TinyReorder.Arenas;

namespace TinyReorder.Tests.Shared;

/// <summary>Random instances of the placement problem in which items may lie on common bytes, the same for the same seed.</summary>
internal static class SharingInstances
{
    /// <summary>Buffers with random lifetimes, and shares of any kind between any that are live together.</summary>
    public static (List<PlacementItem> Items, List<PlacementShare> Shares) Any(int seed, int count, int steps, int mostBytes, bool withFixed, bool withExact)
    {
        List<PlacementItem> items = PlacementInstances.Small(seed, count, steps, mostBytes, withFixed);
        Random random = new(seed);
        List<PlacementShare> shares = [];
        for (int tries = random.Next(2 * count); tries >= 0; tries--)
        {
            int upper = random.Next(count), lower = random.Next(count);
            if (upper == lower)
                continue;
            long distance = random.Next(3) == 0 ? 0 : random.Next((int)items[lower].Bytes + 1);
            shares.Add(new(upper, lower, distance, withExact && random.Next(2) == 0));
        }
        return (items, shares);
    }

    /// <summary>A network without branches: each tensor is read by the operator that writes the next, and most may slide or lie in place.</summary>
    public static (List<PlacementItem> Items, List<PlacementShare> Shares) Chain(int seed, int count)
    {
        Random random = new(seed);
        List<PlacementItem> items = [];
        List<PlacementShare> shares = [];
        for (int i = 0; i < count; i++)
        {
            bool isInPlace = i > 0 && random.Next(4) == 0;
            items.Add(new(i, isInPlace ? items[i - 1].Bytes : 16 * (1 + random.Next(4000)), i, i + 1));
            if (i > 0 && (isInPlace || random.Next(5) > 0))
                shares.Add(new(i - 1, i, isInPlace ? 0 : random.Next((int)items[i].Bytes), isInPlace));
        }
        return (items, shares);
    }

    /// <summary>
    /// The tensors of a small network: each operator reads one to three of those there are and writes one or two; where an input dies it may share
    /// with an output as operators do (in place, sliding, as a slice of a concatenation or of a split).
    /// </summary>
    public static (List<PlacementItem> Items, List<PlacementShare> Shares) Network(int seed, int operators, int mostBytes)
    {
        Random random = new(seed);
        List<(long Bytes, int First, int Last)> tensors = [(1 + random.Next(mostBytes), 0, 0)];
        List<(List<int> Inputs, List<int> Outputs, int Kind)> all = [];
        for (int step = 1; step <= operators; step++)
        {
            int kind = random.Next(6);
            List<int> inputs = [tensors.Count - 1];
            int more = kind is 0 or 1 ? 1 + random.Next(2) : random.Next(6) == 0 ? 1 : 0;
            for (; more > 0; more--)
            {
                int input = random.Next(Math.Max(0, tensors.Count - 4), tensors.Count);
                if (!inputs.Contains(input))
                    inputs.Add(input);
            }
            long sum = inputs.Sum(i => tensors[i].Bytes), first = tensors[inputs[0]].Bytes;
            List<int> outputs = [];
            if (kind == 2 && first > 1)
            {
                long part = 1 + random.Next((int)first - 1);
                Write(part, step);
                Write(first - part, step);
            }
            else
            {
                Write(kind == 0 ? sum : kind is 1 or 3 ? first : 1 + random.Next(mostBytes), step);
            }
            foreach (int input in inputs)
                tensors[input] = tensors[input] with { Last = step };
            all.Add((inputs, outputs, kind));

            void Write(long bytes, int at)
            {
                outputs.Add(tensors.Count);
                tensors.Add((bytes, at, at));
            }
        }
        List<PlacementShare> shares = [];
        for (int step = 1; step <= operators; step++)
        {
            (List<int> inputs, List<int> outputs, int kind) = all[step - 1];
            long slice = 0;
            if (kind == 2)
            {
                foreach (int output in outputs)
                {
                    if (tensors[inputs[0]].Last == step)
                        shares.Add(new(output, inputs[0], slice, true));
                    slice += tensors[output].Bytes;
                }
                continue;
            }
            foreach (int input in inputs)
            {
                bool dies = tensors[input].Last == step;
                if (kind == 0 && dies)
                    shares.Add(new(input, outputs[0], slice, true));
                if (kind is 1 or 3 && dies && tensors[input].Bytes == tensors[outputs[0]].Bytes)
                    shares.Add(new(input, outputs[0], 0, true));
                if (kind is 4 && dies && input == inputs[0])
                    shares.Add(new(input, outputs[0], random.Next((int)tensors[outputs[0]].Bytes + 1), false));
                slice += tensors[input].Bytes;
            }
        }
        return (tensors.Select((tensor, i) => new PlacementItem(i, tensor.Bytes, tensor.First, tensor.Last)).ToList(), shares);
    }
}

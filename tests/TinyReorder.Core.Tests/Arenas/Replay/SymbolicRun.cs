using TinyReorder.Tflite;

namespace TinyReorder.Tests.Arenas.Replay;

/// <summary>
/// Runs a model on symbols in a given order, as the interpreter does (micro_graph.cc, kernels/if.cc, while.cc, call_once.cc): operators read their inputs and
/// write their outputs in
/// <see cref="TensorMemory"/>, called subgraphs get copies, variables live on. It knows no lifetimes, no dependencies and no rules for effects: a wrong order
/// or plan is whatever makes an operator read bytes that are not the tensor's, or compute something else than in the file's order.
/// </summary>
internal sealed class SymbolicRun
{
    // The first takes all IFs one way, the second the other way, the third both ways by turns; CALL_ONCE runs in the first only.
    private const int Invocations = 3;
    private const int Iterations = 2;
    private const int DeepestCall = 40;

    private readonly TfliteModel model;
    private readonly IReadOnlyList<IReadOnlyList<int>> orders;
    private readonly TensorMemory memory;
    private readonly Dictionary<string, ulong> resources = [];
    private readonly Dictionary<(int Subgraph, int Tensor), ulong> variables = [];
    private readonly Dictionary<ulong, string> handles = [];
    private readonly HashSet<int> entered = [];
    private readonly Dictionary<(ulong Path, int Operator), ulong> results = [];
    private ulong outside = Symbol.Of("what custom operators and random numbers leave behind");
    private int invocation;

    private SymbolicRun(TfliteModel model, IReadOnlyList<IReadOnlyList<int>> orders, TensorMemory memory)
    {
        this.model = model;
        this.orders = orders;
        this.memory = memory;
    }

    /// <summary>What each operator computed each time it ran, and what the variables hold in the end: equal for equal answers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="orders">For each subgraph, the file's index of the operator that runs i-th.</param>
    /// <param name="memory">Where the activations are.</param>
    /// <param name="everySubgraph">Whether subgraphs that the first does not reach are run as well, each on its own.</param>
    /// <exception cref="ReplayFaultException">Bytes were read that are no longer the tensor's.</exception>
    public static Dictionary<(ulong Path, int Operator),
        ulong> Execute(TfliteModel model, IReadOnlyList<IReadOnlyList<int>> orders, TensorMemory memory, bool everySubgraph)
    {
        var run = new SymbolicRun(model, orders, memory);
        for (int s = 0; s < model.Subgraphs.Count; s++)
        {
            if (s > 0 && (!everySubgraph || run.entered.Contains(s)))
                continue;
            memory.Clear();
            for (run.invocation = 0; run.invocation < Invocations; run.invocation++)
                run.Enter(s, model.Subgraphs[s].Inputs.Select((_, i) => Symbol.Of((ulong)run.invocation, (ulong)i)).ToArray(),
                    Symbol.Of((ulong)s, (ulong)run.invocation), depth: 0);
        }
        foreach ((string name, ulong value) in run.resources)
            run.results[(Symbol.Of(name), -1)] = value;
        foreach (((int subgraph, int tensor), ulong value) in run.variables)
            run.results[(Symbol.Of((ulong)subgraph, (ulong)tensor), -2)] = value;
        return run.results;
    }

    private ulong[] Enter(int index, ulong[] inputs, ulong path, int depth)
    {
        if (depth > DeepestCall)
            throw new InvalidOperationException($"{model.Name}: calls are nested too deeply");
        TfliteSubgraph subgraph = model.Subgraphs[index];
        entered.Add(index);
        for (int i = 0; i < subgraph.Inputs.Count; i++)
            memory.Write(index, subgraph.Inputs[i], i < inputs.Length ? inputs[i] : Symbol.Nothing);
        // Whoever fills the inputs does so in any order.
        Values(subgraph, subgraph.Inputs);
        foreach (int op in orders[index])
            Execute(subgraph, subgraph.Operators[op], path, depth);
        return Values(subgraph, subgraph.Outputs);
    }

    private void Execute(TfliteSubgraph subgraph, TfliteOperator op, ulong path, int depth)
    {
        ulong[] inputs = Values(subgraph, op.Inputs);
        memory.WriteScratch(subgraph.Index, op.Index);
        ulong[] outputs;
        if (op.Kind is "IF" or "WHILE" or "CALL_ONCE")
        {
            // Its outputs are its own while it runs, whatever it does with them.
            ulong[] claimed = op.Outputs.Select((_, i) => Symbol.Of(path, (ulong)op.Index, (ulong)i, Symbol.Garbage)).ToArray();
            Write(subgraph, op.Outputs, claimed);
            outputs = Call(subgraph, op, inputs, Symbol.Of(path, (ulong)op.Index), depth);
        }
        else
        {
            outputs = Compute(subgraph, op, inputs);
        }
        Write(subgraph, op.Outputs, outputs);
        // Inputs are read while outputs and scratch are written, so all of them have to be there at once.
        if (!Values(subgraph, op.Inputs.Where(t => t < 0 || !subgraph.Tensors[t].IsVariable))
            .SequenceEqual(inputs.Where((_, i) => op.Inputs[i] < 0 || !subgraph.Tensors[op.Inputs[i]].IsVariable)))
            throw new ReplayFaultException($"operator {op.Index} of subgraph {subgraph.Index} writes what it reads");
        Values(subgraph, op.Outputs);
        memory.ReadScratch(subgraph.Index, op.Index);
        results[(path, op.Index)] = Symbol.Of(outputs.Append(Symbol.Of(inputs)).ToArray());
    }

    private ulong[] Compute(TfliteSubgraph subgraph, TfliteOperator op, ulong[] inputs)
    {
        ulong computed = Symbol.Of([(ulong)subgraph.Index, (ulong)op.Index, .. inputs]);
        switch (op.Kind)
        {
            case "VAR_HANDLE":
                ulong handle = Symbol.Of(op.Options.FindText(1) ?? "");
                handles[handle] = op.Options.FindText(1) ?? "";
                return [handle];
            case "READ_VARIABLE":
                return [handles.TryGetValue(inputs[0], out string? read) ? resources.GetValueOrDefault(read, Symbol.Nothing) : Symbol.Garbage];
            case "ASSIGN_VARIABLE":
                resources[handles.GetValueOrDefault(inputs[0], "(no handle)")] = inputs[1];
                return [];
        }
        foreach (int t in op.Inputs.Where(t => t >= 0 && subgraph.Tensors[t].IsVariable))
            variables[(subgraph.Index, t)] = Symbol.Of(computed, (ulong)t);
        if (op.IsCustom || op.Kind.Contains("RANDOM", StringComparison.Ordinal) || op.Kind.Contains("HASHTABLE", StringComparison.Ordinal))
            computed = outside = Symbol.Of(computed, outside);
        return op.Outputs.Select((_, i) => Symbol.Of(computed, (ulong)i)).ToArray();
    }

    private ulong[] Call(TfliteSubgraph subgraph, TfliteOperator op, ulong[] inputs, ulong path, int depth)
    {
        int first = op.Options.Int32(0), second = op.Options.Int32(1);
        switch (op.Kind)
        {
            case "CALL_ONCE":
                if (invocation == 0)
                    Enter(first, [], path, depth + 1);
                return [];
            case "IF":
                bool isTrue = invocation == 0 || (invocation == 2 && op.Index % 2 == 0);
                return Inside(isTrue ? first : second, inputs[1..], isTrue ? 1UL : 2UL);
            default:
                Inside(first, inputs, 1);
                Write(subgraph, op.Outputs, inputs);
                for (ulong i = 1; i <= Iterations; i++)
                {
                    Write(subgraph, op.Outputs, Inside(second, Values(subgraph, op.Outputs), 2 * i));
                    Inside(first, Values(subgraph, op.Outputs), (2 * i) + 1);
                }
                return Values(subgraph, op.Outputs);
        }

        // Values are copied one by one, so what is copied may not lie where a copy goes: the operator's outputs stay its own.
        ulong[] Inside(int callee, ulong[] given, ulong step)
        {
            ulong[] computed = Enter(callee, given, Symbol.Of(path, step), depth + 1);
            Values(subgraph, op.Outputs);
            return computed;
        }
    }

    private void Write(TfliteSubgraph subgraph, IReadOnlyList<int> tensors, ulong[] values)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            if (tensors[i] >= 0)
                memory.Write(subgraph.Index, tensors[i], i < values.Length ? values[i] : Symbol.Nothing);
        }
    }

    private ulong[] Values(TfliteSubgraph subgraph, IEnumerable<int> tensors) => tensors.Select(t => Value(subgraph, t)).ToArray();

    private ulong Value(TfliteSubgraph subgraph, int t)
    {
        if (t < 0)
            return Symbol.Nothing;
        if (subgraph.Tensors[t].IsConstant)
            return Symbol.Of((ulong)subgraph.Index, (ulong)t, 3);
        return subgraph.Tensors[t].IsVariable ? variables.GetValueOrDefault((subgraph.Index, t), Symbol.Nothing) : memory.Read(subgraph.Index, t);
    }
}

using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Kernels;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Tflm;

/// <summary>Works out what every operator of a model takes, in the order in which TFLM initialises and prepares them.</summary>
internal sealed class KernelEvaluation
{
    private readonly TfliteModel model;
    private readonly RuntimeProfile profile;
    private readonly SortedSet<string> unknownKinds = new(StringComparer.Ordinal);
    private readonly List<(int Subgraph, TfliteOperator Operator, string Reason)> inexact = [];

    private readonly HashSet<int>?[] read;

    private KernelEvaluation(TfliteModel model, RuntimeProfile profile)
    {
        this.model = model;
        this.profile = profile;
        read = new HashSet<int>?[model.Subgraphs.Count];
        Requests = model.Subgraphs.Select(subgraph => subgraph.Operators.Select(op => Evaluate(subgraph, op)).ToArray()).ToArray();
    }

    /// <summary>What each operator takes, by subgraph and index in the file.</summary>
    public KernelRequests[][] Requests { get; }

    /// <summary>The resource variables that the operators name.</summary>
    public ResourceVariables Variables { get; } = new();

    /// <summary>Kinds of operators that the profile does not know, and that a program may add to the interpreter all the same.</summary>
    public IReadOnlyCollection<string> UnknownKinds => unknownKinds;

    /// <summary>Whether some figures are not a kernel's but the profile's allowance.</summary>
    public bool HasAllowances => Requests.Any(ofSubgraph => ofSubgraph.Any(requests => requests.IsAllowance));

    /// <summary>Operators of a known kind whose figures are an upper bound all the same, and why.</summary>
    public IReadOnlyList<(int Subgraph, TfliteOperator Operator, string Reason)> Inexact => inexact;

    /// <summary>Evaluates every operator.</summary>
    public static KernelEvaluation Of(TfliteModel model, RuntimeProfile profile) => new(model, profile);

    /// <summary>The same without memory for what the profile cannot work out: less than the interpreter needs, but nothing of it is made up.</summary>
    public KernelRequests[][] WithoutAllowances() =>
        Requests.Select(ofSubgraph => ofSubgraph.Select(requests => requests.IsAllowance ? requests.WithoutMemory() : requests).ToArray()).ToArray();

    private KernelRequests Evaluate(TfliteSubgraph subgraph, TfliteOperator op)
    {
        try
        {
            if (profile.FindKernel(op) is not { } kernel)
            {
                if (!TflmSupport.IsMissing(op))
                    unknownKinds.Add(op.Kind);
                return Allowance(subgraph, op, "the profile does not know it");
            }
            KernelRequests requests = Evaluate(subgraph, op, kernel);
            if (requests.InexactBecause is { } reason)
                inexact.Add((subgraph.Index, op, reason));
            return requests;
        }
        catch (TinyReorderException e) when (e.Diagnostic.File is null)
        {
            throw new TinyReorderException(e.Diagnostic with { File = model.Name, Subgraph = subgraph.Index, Operator = op.Index }, e);
        }
        catch (OverflowException)
        {
            throw TflmErrors.Overflow(model, $"what operator {op.Index} ({op.Kind}) of subgraph {subgraph.Index} takes", subgraph.Index, op.Index);
        }
    }

    private KernelRequests Evaluate(TfliteSubgraph subgraph, TfliteOperator op, OperatorProfile kernel)
    {
        var requests = new KernelRequests { OptionsBytes = kernel.Options.Bytes, OptionsAlignment = kernel.Options.Alignment };
        requests.InitBytes.AddRange(kernel.InitBytes);
        requests.TemporaryBytes = TemporaryBytes(kernel.Temporaries is { } temporaries
            ? temporaries.SelectMany(temporary => temporary.FindAll(subgraph, op))
            : Tensors(subgraph, op));
        var context = new KernelContext(model, subgraph, op, Variables, requests);
        try
        {
            foreach (FormulaCall call in kernel.InitFormulas)
                context.Run(call);
            context.EnterPrepare();
            foreach (FormulaCall call in kernel.PrepareFormulas)
                context.Run(call);
            return requests;
        }
        catch (KernelMismatchException e)
        {
            return Allowance(subgraph, op, e.Message);
        }
    }

    private static IEnumerable<TfliteTensor> Tensors(TfliteSubgraph subgraph, TfliteOperator op) =>
        op.Inputs.Concat(op.Outputs).Where(tensor => tensor >= 0).Select(tensor => subgraph.Tensors[tensor]);

    private long TemporaryBytes(IEnumerable<TfliteTensor> tensors) => tensors.Sum(tensor => TflmTail.TensorObjectBytes(profile.Allocator, tensor));

    /// <summary>An upper bound by the profile's allowance for operators that it cannot work out.</summary>
    private KernelRequests Allowance(TfliteSubgraph subgraph, TfliteOperator op, string because)
    {
        UnknownOperatorAllowance allowance = profile.Unknown;
        var requests = new KernelRequests
        {
            OptionsBytes = op.IsCustom ? 0 : allowance.OptionsBytes,
            OptionsAlignment = profile.Allocator.ObjectAlignment,
            InexactBecause = because,
            IsAllowance = true,
        };
        TfliteTensor[] tensors = Tensors(subgraph, op).ToArray();
        requests.TemporaryBytes = TemporaryBytes(tensors);
        checked
        {
            long scales = tensors.Where(tensor => tensor.IsConstant).Sum(tensor => (long)tensor.Scales.Count);
            requests.InitBytes.Add(allowance.PersistentBytes + (allowance.PersistentBytesPerScale * scales));
            IEnumerable<int> seen = op.Outputs.Where(tensor => tensor >= 0 && Read(subgraph).Contains(tensor));
            long elements = Math.Min(seen.Select(tensor => subgraph.Tensors[tensor].ElementCount).DefaultIfEmpty(0).Max(), allowance.MostScratchBytes);
            requests.ScratchBytes.Add(Math.Min(allowance.ScratchBytesPerElement * elements, allowance.MostScratchBytes));
        }
        return requests;
    }

    /// <summary>
    /// What operators or the caller read of a subgraph. An output that nobody reads is the operator's own work space, as compilers for accelerators write it.
    /// </summary>
    private HashSet<int> Read(TfliteSubgraph subgraph) => read[subgraph.Index] ??= [.. subgraph.Operators.SelectMany(op => op.Inputs), .. subgraph.Outputs];
}

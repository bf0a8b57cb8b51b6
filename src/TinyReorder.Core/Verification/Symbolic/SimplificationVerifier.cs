using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// Proves that a simplified model gives the answers of the original: each subgraph of both is run with terms in the place of numbers, and has to end with the
/// same terms and the same effects in the same order. Terms have one form for what is written in several ways: reshapes, transposes, padding, equal
/// operators and constants. It shares no code with what simplifies.
/// </summary>
internal static class SimplificationVerifier
{
    private const int SignatureSlot = 7, SignatureInputs = 0, SignatureOutputs = 1, SignatureKey = 2, SignatureSubgraph = 4, EntryName = 0, EntryTensor = 1;

    /// <summary>Verifies a simplified model.</summary>
    /// <exception cref="TinyReorderException">It is wrong: TINY4003.</exception>
    public static void Verify(TfliteModel original, TfliteModel simplified)
    {
        if (FirstFault(original, simplified) is not { } fault)
            return;
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.PlanRejected,
            $"the simplified model is wrong and was not used: {fault}; this is a defect of TinyReorder, please report it with the model") with
        { File = original.Name });
    }

    /// <summary>What is wrong, or null.</summary>
    internal static string? FirstFault(TfliteModel original, TfliteModel simplified)
    {
        int originalBytes = original.Bytes.Length;
        if (!KeptFile.IsWhole(original, simplified))
            return "the original file is not whole in the simplified one";
        if (original.Subgraphs.Count != simplified.Subgraphs.Count)
            return "it has other subgraphs";
        if (!original.Metadata.Select(entry => Text(original, entry)).SequenceEqual(simplified.Metadata.Select(entry => Text(simplified, entry))))
            return "it has other metadata";
        if (!Signatures(original).SequenceEqual(Signatures(simplified)))
            return "it has other signatures";
        var terms = new DataTerms();
        for (int s = 0; s < original.Subgraphs.Count; s++)
        {
            if (!Faces(original.Subgraphs[s]).SequenceEqual(Faces(simplified.Subgraphs[s])))
                return $"subgraph {s} has other inputs or outputs";
            var before = new GraphTerms(original, originalBytes, s, terms);
            var after = new GraphTerms(simplified, originalBytes, s, terms);
            int[] expected = before.Outputs(), found = after.Outputs();
            if (before.State != after.State)
                return $"operators with effects of subgraph {s} are not those of the original, in its order";
            for (int i = 0; i < expected.Length; i++)
            {
                if (found[i] != expected[i])
                    return $"output {i} of subgraph {s} is not made as the original makes it";
            }
        }
        return null;
    }

    /// <summary>What a caller sees of inputs and outputs.</summary>
    private static IEnumerable<string> Faces(TfliteSubgraph subgraph) => subgraph.Inputs.Select(t => (Role: "input", Tensor: t))
        .Concat(subgraph.Outputs.Select(t => (Role: "output", Tensor: t)))
        .Select(pair => pair.Tensor < 0 ? pair.Role : $"{pair.Role} {subgraph.Tensors[pair.Tensor].Name} {TermIdentity.Type(subgraph.Tensors[pair.Tensor])} "
            + $"{string.Join("x", subgraph.Tensors[pair.Tensor].Shape)} {string.Join("x", subgraph.Tensors[pair.Tensor].ShapeSignature)}");

    private static string Text(TfliteModel model, TfliteMetadata entry)
    {
        ArraySegment<byte> data = model.BufferBytes(entry.Buffer);
        return $"{entry.Name} {data.Count} {(data.Array is null ? "" : Convert.ToBase64String(data.Array, data.Offset, data.Count))}";
    }

    /// <summary>Each entry by the places of its tensor among inputs and outputs.</summary>
    private static IEnumerable<string> Signatures(TfliteModel model) =>
        from signature in Tables(model.Root, SignatureSlot)
        let subgraph = model.Subgraphs[(int)signature.UInt32(SignatureSubgraph)]
        from slot in new[] { SignatureInputs, SignatureOutputs }
        from entry in Tables(signature, slot)
        let tensor = (int)entry.UInt32(EntryTensor)
        select $"{signature.Text(SignatureKey)} {subgraph.Index} {slot} {entry.Text(EntryName)} "
            + $"{Places(subgraph.Inputs, tensor)} {Places(subgraph.Outputs, tensor)}";

    private static string Places(IReadOnlyList<int> tensors, int tensor) =>
        string.Join(",", Enumerable.Range(0, tensors.Count).Where(i => tensors[i] == tensor));

    private static IEnumerable<FlatTable> Tables(FlatTable table, int slot)
    {
        FlatVector? vector = table.Vector(slot, 4);
        for (int i = 0; i < (vector?.Length ?? 0); i++)
            yield return vector!.Value.TableAt(i);
    }
}

using TinyReorder.Rewrites.Drafts;
using TinyReorder.Rewrites.Simplify;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Verification.Symbolic;

namespace TinyReorder.Tests.Rewrites.Simplify;

/// <summary>The proof refuses what a wrong rule would make.</summary>
public class SimplificationVerifierTests
{
    private static readonly int[] Image = [1, 8, 6, 3];

    private static readonly Dictionary<string, (Func<ModelBuilder, ModelTensor, ModelTensor> Layers, Action<DraftSubgraph> Change)> Wrong =
        new(StringComparer.Ordinal)
        {
            ["an operator that is needed"] = ((b, x) => b.Relu6(b.Relu(x)), main => Bypass(main, 0)),
            ["the order of two inputs"] = ((b, x) => b.Sub(b.Relu(x), b.Relu6(x)), main =>
                Read(main, 2, main.Operators[1].Outputs[0], main.Operators[0].Outputs[0])),
            ["a transpose that moves something"] = ((b, x) => b.Relu(b.Transpose(x, 0, 2, 1, 3)), main => Bypass(main, 0)),
            ["transposes that do not cancel"] = ((b, x) => b.Relu(b.Transpose(b.Transpose(x, 0, 2, 3, 1), 0, 2, 3, 1)), main =>
            {
                Bypass(main, 1);
                Bypass(main, 0);
            }
            ),
            ["a quantize to another zero point"] = ((b, x) => b.Relu(b.Quantize(x, quantization: new Quantization(0.0625f, -7))), main => Bypass(main, 0)),
            ["a quantize that rounds"] = ((b, x) => b.Dequantize(b.Quantize(b.Dequantize(x), quantization: new Quantization(0.5f, 1))), main =>
            {
                main.Outputs[0] = main.Operators[0].Outputs[0];
                main.Operators.RemoveRange(1, 2);
            }
            ),
            ["padding that is no part of SAME"] = ((b, x) => b.Conv2D(b.Pad(x, (0, 0), (1, 1), (1, 1), (0, 0)), 4, 3, 2, Padding.Valid), main =>
            {
                main.Operators[1] = main.Operators[1] with { Options = new(1, [(1, false, 2), (2, false, 2), (4, false, 1), (5, false, 1)]) };
                Bypass(main, 0);
            }
            ),
            ["other options"] = ((b, x) => b.Add(b.Add(x, x), b.Add(x, x, Fused.Relu)), main =>
                Read(main, 2, main.Operators[0].Outputs[0], main.Operators[0].Outputs[0])),
            ["other weights"] = ((b, x) => b.Add(b.Conv2D(x, 3, 3), b.Conv2D(x, 3, 3)), main =>
                Read(main, 2, main.Operators[0].Outputs[0], main.Operators[0].Outputs[0])),
            ["a custom operator that nobody reads"] = ((b, x) =>
            {
                b.Custom("Custom", [x], [b.Tensor("y", [1, 2])]);
                return b.Relu(x);
            }, main => main.Operators.RemoveAt(0)),
            ["another constant"] = ((b, x) => b.Relu(b.Add(x, b.Reshape(b.Constant("c", [1, 3], TensorType.Int8, [1, 2, 3]), 1, 1, 1, 3))), main =>
            {
                DraftTensor made = main.Operators[0].Outputs[0];
                Read(main, 1, main.Inputs[0], DraftTensor.Constant(made.Type, made.Shape, [1, 2, 4], made.Kept));
                main.Operators.RemoveAt(0);
            }
            ),
            ["an output that is another tensor"] = ((b, x) => b.Reshape(b.Relu(x), Image), main =>
            {
                main.Outputs[0] = main.Operators[0].Outputs[0];
                main.Operators.RemoveAt(1);
            }
            ),
        };

    public static TheoryData<string> Names => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_changes_an_answer_is_not_proven(string name)
    {
        TfliteModel model = TfliteModel.Load(SimplifyRuleTests.Model(Wrong[name].Layers).Build(), name);
        Assert.Null(SimplificationVerifier.FirstFault(model, new ModelDraft(model).Write(out _)));
        var draft = new ModelDraft(model);
        Wrong[name].Change(draft.Subgraphs[0]);
        Assert.NotNull(SimplificationVerifier.FirstFault(model, draft.Write(out _)));
    }

    [Fact]
    public void Another_file_is_refused()
    {
        TfliteModel model = TfliteModel.Load(SimplifyRuleTests.Model((b, x) => b.Relu(b.Reshape(x, Image))).Build(), "model");
        byte[] file = (byte[])Simplifier.Simplify(model, Simplifier.Rules)!.Model.Bytes.Clone();
        file[^1] ^= 1;
        Assert.Equal("the original file is not whole in the simplified one", SimplificationVerifier.FirstFault(model, TfliteModel.Load(file, "model")));
    }

    /// <summary>Lets all who read what an operator makes read its first input.</summary>
    private static void Bypass(DraftSubgraph main, int index)
    {
        DraftOperator gone = main.Operators[index];
        for (int k = 0; k < main.Operators.Count; k++)
            Read(main, k, [.. main.Operators[k].Inputs.Select(tensor => tensor == gone.Outputs[0] ? gone.Inputs[0] : tensor)]);
        main.Operators.RemoveAt(index);
    }

    private static void Read(DraftSubgraph main, int index, params DraftTensor?[] inputs) =>
        main.Operators[index] = main.Operators[index] with { Inputs = inputs };
}

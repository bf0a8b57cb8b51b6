using TinyReorder.Tests.Runtime.Models;
using TinyReorder.Tests.Runtime.Running;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;
using TinyReorder.Tflite.Editing;
using Xunit.Abstractions;

namespace TinyReorder.Tests.Runtime;

/// <summary>
/// TensorFlow Lite itself, which we did not write, answers to a reordered model as it does to the original: byte for byte, for several inputs and several
/// invocations in a row. It plans its memory by itself, so this speaks of the order; offline plans are only loaded.
/// </summary>
public class SameAnswersTests(ITestOutputHelper output)
{
    private const byte AnyMemory = 0x3C;
    private const int DocumentedModels = 41;

    // Other models with variables may answer with one saturated byte whatever they read.
    private static readonly string[] Sensitive =
        ["litert_resource_variables.tflite", "wakeword_alexa_v1.tflite", "wakeword_okay_nabu_v2.tflite", "wakeword_vad.tflite", RunnableModels.DelayName];

    public static TheoryData<string, string> QuickModels => InEachEngine(RunnableModels.Quick);

    public static TheoryData<string, string> OtherModels => InEachEngine(RunnableModels.Others);

    [SkippableTheory]
    [MemberData(nameof(OtherModels))]
    [Trait("Category", "Slow")]
    public void Any_reordered_model_answers_as_the_original_does(string engine, string name) => A_reordered_model_answers_as_the_original_does(engine, name);

    [SkippableTheory]
    [MemberData(nameof(QuickModels))]
    public void A_reordered_model_answers_as_the_original_does(string engine, string name)
    {
        VariantAnswer[] answers = Answers.Of(engine, name);
        ModelAnswer original = answers[0].Answer;
        output.WriteLine($"{string.Join(", ", answers.Select(each => each.Variant.Name))}: "
            + $"{(original.Ran ? $"{original.Hashes.Count} invocations of {original.OutputBytes:N0} B" : original.Refusal)}");
        // What is refused is refused in every order.
        Assert.All(answers, each => Assert.Equal((each.Variant.Name, original.Refusal), (each.Variant.Name, each.Answer.Refusal)));
        if (!original.Ran)
            return;
        Assert.Equal(ModelRunner.InputCount * Answers.InvocationsOf(RunnableModels.Load(name)), original.Hashes.Count);
        Assert.All(answers, each => Assert.Equal(original.Hashes, each.Answer.Hashes));
    }

    [SkippableFact]
    public void A_write_of_a_variable_that_comes_before_its_read_changes_the_answers() => TryWrongOrders([RunnableModels.DelayName]);

    /// <summary>Every shared model with a variable that is read and later written: this comparison finds out when the write comes first.</summary>
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void A_write_of_a_real_models_variable_that_comes_before_its_read_changes_the_answers() => TryWrongOrders(RunnableModels.Shared);

    [SkippableFact]
    public void Models_are_really_run_and_really_reordered() => CountRuns(RunnableModels.Quick);

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void All_models_are_really_run_and_really_reordered() => CountRuns([.. RunnableModels.Quick, .. RunnableModels.Others]);

    /// <summary>The table of docs/evidence/same-answers.md says of each shared model that one of the runtimes refuses which of them it is.</summary>
    [SkippableFact]
    [Trait("Category", "Slow")]
    public void What_cannot_be_run_is_documented()
    {
        RuntimePackages.Require();
        Skip.If(RunnableModels.Shared.Count != DocumentedModels, $"the table is that of the {DocumentedModels} shared models");
        string[][] rows = File.ReadLines(RepositoryFiles.PathOf("docs", "evidence", "same-answers.md"))
            .SkipWhile(line => line != "| Model | TensorFlow Lite | LiteRT |")
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToArray();
        foreach (string name in RunnableModels.Shared)
        {
            string[]? row = rows.SingleOrDefault(row => row[1] == $"`{Path.GetFileNameWithoutExtension(name)}`");
            for (int i = 0; i < Answers.Engines.Count; i++)
                Assert.Equal((name, Answers.Of(Answers.Engines[i], name)[0].Answer.Ran), (name, row is null || row[2 + i] == "runs"));
        }
    }

    private static TheoryData<string, string> InEachEngine(IEnumerable<string> names)
    {
        var models = new TheoryData<string, string>();
        foreach (string engine in Answers.Engines)
        {
            foreach (string name in names)
                models.Add(engine, name);
        }
        return models;
    }

    private void TryWrongOrders(IReadOnlyList<string> names)
    {
        RuntimePackages.Require();
        Skip.If(names.Count == 0, "the shared models are not there");
        var wrong = new List<(string Engine, string Name, ModelRun Run)>();
        foreach (string name in names)
        {
            TfliteModel model = RunnableModels.Load(name);
            if (WrongOrders.WriteBeforeRead(model) is { } orders)
                wrong.AddRange(Answers.Engines.Select(engine =>
                    (engine, name, new ModelRun(engine, TfliteRewriter.Rewrite(model, orders), AnyMemory, Answers.InvocationsOf(model)))));
        }
        IReadOnlyList<ModelAnswer> answers = ModelRunner.Run(wrong.Select(each => each.Run).ToArray());
        int caught = 0;
        for (int i = 0; i < wrong.Count; i++)
        {
            (string engine, string name, _) = wrong[i];
            ModelAnswer right = Answers.Of(engine, name)[0].Answer;
            if (!right.Ran)
                continue;
            int differing = answers[i].Hashes.Zip(right.Hashes).Count(pair => pair.First != pair.Second);
            output.WriteLine($"{engine} {name}: {(answers[i].Ran ? $"{differing} of {answers[i].Hashes.Count} answers differ" : answers[i].Refusal)}");
            bool isCaught = differing > 0 || !answers[i].Ran;
            Assert.True(isCaught || !Sensitive.Contains(name), $"{engine} {name}: the wrong order gives the same answers");
            caught += isCaught ? 1 : 0;
        }
        Assert.True(caught >= Answers.Engines.Count, $"{caught}");
    }

    private void CountRuns(IReadOnlyList<string> names)
    {
        foreach (string engine in Answers.Engines)
        {
            Dictionary<string, VariantAnswer[]> all = names.ToDictionary(name => name, name => Answers.Of(engine, name));
            Dictionary<string, VariantAnswer[]> ran = all.Where(model => model.Value[0].Answer.Ran).ToDictionary(model => model.Key, model => model.Value);
            string[] blind = ran.Where(model => model.Value[0].Answer.Hashes.Distinct().Count() == 1).Select(model => model.Key).ToArray();
            int reordered = ran.Values.Sum(answers => answers.Count(each => IsReordered(each.Variant.Bytes, answers[0].Variant.Bytes)));
            output.WriteLine($"{engine}: {ran.Count} of {all.Count} models run, {ran.Keys.Count(RunnableModels.Shared.Contains)} of the "
                + $"{RunnableModels.Shared.Count} shared ones; {ran.Values.Sum(answers => answers.Length - 1)} comparisons, {reordered} of them with "
                + $"another order; {ran.Values.Sum(answers => answers.Sum(each => each.Answer.Hashes.Count))} invocations");
            foreach ((string name, VariantAnswer[] answers) in all.Where(model => !ran.ContainsKey(model.Key)))
                output.WriteLine($"  {name}: {answers[0].Answer.Refusal}");
            if (blind.Length > 0)
                output.WriteLine($"  the same answer to every input: {string.Join(", ", blind)}");
            Assert.True(reordered > names.Count, $"{reordered} in another order");
            Assert.True(5 * blind.Length < ran.Count, "random inputs that a model does not answer to prove nothing");
        }
    }

    private static bool IsReordered(byte[] variant, byte[] original)
    {
        TfliteModel one = TfliteModel.Load(variant, "variant"), other = TfliteModel.Load(original, "original");
        return one.Subgraphs.Zip(other.Subgraphs).Any(pair => !pair.First.Operators.Select(Describe).SequenceEqual(pair.Second.Operators.Select(Describe)));
    }

    private static string Describe(TfliteOperator op) => $"{op.Kind} ({string.Join(",", op.Inputs)}) -> ({string.Join(",", op.Outputs)})";
}

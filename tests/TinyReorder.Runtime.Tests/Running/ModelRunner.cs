using System.Text.Json;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Runtime.Running;

/// <summary>Runs models in TensorFlow Lite and LiteRT for the web, all of a batch in one process of Node.js.</summary>
internal static class ModelRunner
{
    /// <summary>A seed, and which percentage of an input type's range is used: the whole of it saturates some models.</summary>
    public static IReadOnlyList<(int Seed, int Percent)> Fillings { get; } = [(1, 100), (2, 30), (3, 5)];

    public static int InputCount => Fillings.Count;

    /// <summary>The answers to <paramref name="runs"/>, in their order; skips the test where there is no runtime.</summary>
    public static IReadOnlyList<ModelAnswer> Run(IReadOnlyList<ModelRun> runs)
    {
        string packages = RuntimePackages.Require(), folder = Directory.CreateTempSubdirectory("tinyreorder-runtime-").FullName;
        try
        {
            string Save(ModelRun run, int i)
            {
                string path = Path.Combine(folder, $"{i}.tflite");
                File.WriteAllBytes(path, run.Model);
                return path;
            }

            string job = Path.Combine(folder, "job.json");
            object[] inputs = Fillings.Select(filling => (object)new { seed = filling.Seed, percent = filling.Percent }).ToArray();
            var each = runs.Select((run, i) => new
            {
                engine = run.Engine,
                model = Save(run, i),
                memory = run.Memory,
                inputs,
                invocations = run.Invocations,
                values = run.WithValues,
            }).ToArray();
            File.WriteAllText(job, JsonSerializer.Serialize(new { packages, runs = each }));
            (int code, string output, string errors) = ProgramRunner.Run(folder, "node", RuntimePackages.Script, job);
            Assert.True(code == 0, errors);
            ModelAnswer[] answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse).ToArray();
            Assert.Equal(runs.Count, answers.Length);
            return answers;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelAnswer Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement answer = document.RootElement;
        return answer.TryGetProperty("refusal", out JsonElement refusal)
            ? new ModelAnswer([], 0, refusal.GetString()!)
            : new ModelAnswer(answer.GetProperty("answers").EnumerateArray().Select(hash => hash.GetString()!).ToArray(),
                answer.GetProperty("bytes").GetInt64(), "")
            {
                Values = answer.GetProperty("values").EnumerateArray().Select(values => values.GetBytesFromBase64()).ToArray(),
            };
    }
}

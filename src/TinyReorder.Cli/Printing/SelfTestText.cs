using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;

namespace TinyReorder.Cli.Printing;

/// <summary>What <c>selftest --read</c> tells people.</summary>
internal static class SelfTestText
{
    /// <summary>Writes all of it.</summary>
    public static void Write(CommandContext context, SelfTestVerdict verdict, MeasuredProfile? profile, WrittenFile? written)
    {
        SelfTestLog log = verdict.Log;
        TextWriter output = context.Output;
        output.WriteLine($"{log.Symbol}: {Answers(verdict)}");
        output.WriteLine($"  arena: {Arena(verdict)}");
        if (verdict.UsesPlan is { } usesPlan)
            output.WriteLine(usesPlan ? "  plan: the library uses that of the file" : "  plan: the library does NOT use that of the file");
        WriteModel(output, log, "generated", log.Generated);
        WriteModel(output, log, "original", log.Original);
        if (log.VariablesUsedBytes is { } variables)
            output.WriteLine($"  resource variables: {Quantity.Bytes(variables)} of an arena of their own, computed "
                + $"{Quantity.Bytes(log.VariablesPredictedBytes ?? 0)}");
        output.WriteLine($"  device: {string.Join(", ", log.Build.Select(value => $"{value.Key} {value.Value}"))}, {log.Abi ?? "an unknown ABI"}; selftest "
            + $"of the profile {log.Profile}");
        if (log.DamagedLines > 0)
            output.WriteLine($"  {Quantity.Count(log.DamagedLines)} lines lost some of their characters and were passed over");
        if (written is not null)
        {
            string unexplained = profile!.UnexplainedBytes is { } bytes ? $"; {Quantity.Bytes(bytes)} stay unexplained, and every other model's arena has "
                + "them on top" : "; the sizes of the device explain all that was measured";
            output.WriteLine((written.Changed ? "written    " : "unchanged  ") + written.Path + $" (profile {profile.Id}{unexplained})");
        }
    }

    private static string Answers(SelfTestVerdict verdict) => verdict.AnswersAreEqual switch
    {
        true => $"the answers of both models are equal in every byte of {Quantity.Count(verdict.Log.Compared)} runs",
        false => "the answers DIFFER",
        null => "the answers were not compared to the end",
    };

    private static string Arena(SelfTestVerdict verdict) => verdict.ArenaDifferenceBytes switch
    {
        0 => "exactly as computed",
        > 0 and var more => $"the device needs {Quantity.Bytes(more)} MORE than computed",
        < 0 and var less => $"the device needs {Quantity.Bytes(-less)} less than computed",
        null => "not measured to the end",
    };

    private static void WriteModel(TextWriter output, SelfTestLog log, string name, SelfTestModelLog model)
    {
        SelfTestPrediction? predicted = SelfTestVerdict.PredictionOf(log, model);
        string smallest = model.SmallestArenaBytes is { } least ? $"needs {Quantity.Bytes(least)}" : model.WorkingArenaBytes is { } works
            ? $"works in {Quantity.Bytes(works)}" : "was not measured";
        string computed = predicted is null ? "" : $" (computed {Quantity.Bytes(predicted.ArenaBytes)}{(predicted.Exact ? "" : " at most")})";
        string used = model.UsedBytes is { } bytes
            ? $", uses {Quantity.Bytes(bytes)}{(predicted is null ? "" : $" (computed {Quantity.Bytes(predicted.UsedBytes)})")}" : "";
        string time = model.LeastMicroseconds is { } us ? $", {Quantity.Count(us)} us a run" : "";
        output.WriteLine($"  {name}: {smallest}{computed}{used}{time}");
    }
}

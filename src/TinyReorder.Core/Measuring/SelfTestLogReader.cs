using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes.Measuring;

namespace TinyReorder.Measuring;

/// <summary>
/// Reads what a board printed: lines of a self test among any others, with whatever a console puts before and behind them. A board that crashed began anew;
/// the run that came furthest is the one that counts. Memory and time are bounded whatever the log holds.
/// </summary>
internal sealed class SelfTestLogReader
{
    /// <summary>The largest log that is read.</summary>
    public const long MostBytes = 256L << 20;

    private const int LongestLine = 4096;
    private const int MostPredictions = 8;
    private const int MostSizes = 512;
    private const int MostBuildValues = 32;
    private const long Format = 1;

    private SelfTestLog? run;
    private SelfTestLog? best;
    private int damaged;

    private SelfTestLogReader()
    {
    }

    /// <summary>Reads a log to its end.</summary>
    /// <param name="input">The log's bytes: ASCII, or UTF-16 as PowerShell writes it.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <exception cref="TinyReorderException">It is no log of a self test, or larger than is read: TINY6001.</exception>
    public static SelfTestLog Read(Stream input, string name)
    {
        var reader = new SelfTestLogReader();
        reader.ReadLines(input, name);
        reader.EndRun();
        if (reader.best is not { } log)
        {
            string why = reader.damaged > 0
                ? $"{Quantity.Count(reader.damaged)} lines begin with TINYREORDER, but none that opens a run is whole" : "no line begins with TINYREORDER";
            throw Bad(name, $"the log holds no selftest: {why}; save all that the board prints, from its reset on");
        }
        log.DamagedLines = reader.damaged;
        return Measurements.IsSha256(log.Original.Sha256) && Measurements.IsSha256(log.Generated.Sha256) && log.Profile.Length > 0
            ? log
            : throw Bad(name, "the log ends before the selftest has said which models it runs; save all that the board prints, from its reset on");
    }

    private void ReadLines(Stream input, string name)
    {
        byte[] block = new byte[1 << 16];
        var line = new StringBuilder(LongestLine);
        bool isTooLong = false;
        long bytes = 0;
        for (int count; (count = input.Read(block, 0, block.Length)) > 0;)
        {
            bytes += count;
            if (bytes > MostBytes)
                throw Bad(name, $"the log has more than {Quantity.Bytes(MostBytes)}; keep the part from the last reset of the board on");
            for (int i = 0; i < count; i++)
            {
                byte value = block[i];
                if (value is (byte)'\n' or (byte)'\r')
                {
                    if (!isTooLong && line.Length > 0)
                        Take(line.ToString(), name);
                    line.Clear();
                    isTooLong = false;
                }
                else if (line.Length == LongestLine)
                {
                    isTooLong = true;
                }
                else if (value != 0)
                {
                    // The zeros of UTF-16 are passed over; what is not ASCII only has to stay apart from what is.
                    line.Append((char)value);
                }
            }
        }
        if (!isTooLong && line.Length > 0)
            Take(line.ToString(), name);
    }

    private void Take(string line, string name)
    {
        IReadOnlyList<LogRecord> records = LogRecord.Find(line, out bool isDamaged);
        damaged += isDamaged ? 1 : 0;
        foreach (LogRecord record in records)
            Take(record, name);
    }

    private void Take(LogRecord record, string name)
    {
        if (record.Kind == "begin")
        {
            EndRun();
            if (record.Number("format") is { } format && format != Format)
                throw Bad(name, $"the log is of format {format}, and this version reads {Format}; use the version that wrote the selftest");
            run = new SelfTestLog
            {
                Symbol = record.Text("symbol") ?? "",
                Invocations = record.Number("invocations") ?? 0,
                ArenaBytes = record.Number("arena") ?? 0
            };
        }
        if (run is null || run.HasEnded)
            return;
        run.Records++;
        switch (record.Kind)
        {
            case "computed":
                run.Profile = record.Text("profile") ?? "";
                run.Library = record.Text("library") ?? "";
                break;
            case "size" when record.Number("bytes") is { } bytes && record.Number("align") is { } align and > 0 and <= 4096 && run.Sizes.Count < MostSizes:
                run.AddSize(record.Text("name") ?? "", new ObjectSize(bytes, (int)align));
                break;
            case "build":
                foreach (KeyValuePair<string, string> value in record.Values.Take(MostBuildValues))
                    run.AddBuild(value.Key, value.Value);
                break;
            case "compared":
                run.Compared++;
                run.Equal += record.Text("equal") == "1" ? 1 : 0;
                break;
            case "difference":
                run.FirstDifference ??= $"run {record.Number("invocation")}, output {record.Number("output")}, byte {record.Number("at")}: "
                    + $"{record.Number("original")} becomes {record.Number("generated")}";
                break;
            case "variables":
                run.VariablesUsedBytes = record.Number("used");
                run.VariablesPredictedBytes = record.Number("predicted");
                break;
            case "end":
                run.HasEnded = true;
                break;
            default:
                TakeOfModel(run, record);
                break;
        }
    }

    private static void TakeOfModel(SelfTestLog log, LogRecord record)
    {
        SelfTestModelLog? model = record.Text("model") switch { "original" => log.Original, "generated" => log.Generated, _ => null };
        if (model is null)
            return;
        long? arena = record.Number("arena");
        switch (record.Kind)
        {
            case "model":
                model.Sha256 = record.Text("sha256") ?? "";
                model.ModelBytes = record.Number("bytes") ?? 0;
                break;
            case "predicted" when arena is { } predicted && model.Predictions.Count < MostPredictions:
                model.PredictionList.Add(new SelfTestPrediction(record.Text("abi") ?? "", predicted, record.Number("used") ?? 0, record.Text("exact") == "1")
                {
                    UnplannedArenaBytes = record.Number("unplanned"),
                });
                break;
            case "start" or "try":
                model.TryingBytes = arena;
                break;
            case "answer":
                model.TryingBytes = null;
                break;
            case "tried":
                model.TryingBytes = null;
                if (record.Text("works") == "1" && arena is { } works)
                    model.WorkingArenaBytes = Math.Min(works, model.WorkingArenaBytes ?? long.MaxValue);
                break;
            case "used":
                model.UsedBytes = record.Number("bytes");
                break;
            case "smallest" when arena is { } smallest:
                model.FoundArenaBytes = smallest;
                break;
            case "failed":
                model.TryingBytes = null;
                model.FailedStage = record.Text("stage");
                break;
            case "time":
                model.LeastMicroseconds = record.Number("least_us");
                model.MostMicroseconds = record.Number("most_us");
                break;
        }
    }

    /// <summary>A run that ended comes before one that did not, then the longer one, then the later one.</summary>
    private void EndRun()
    {
        if (run is not null && (best is null || (run.HasEnded, run.Records).CompareTo((best.HasEnded, best.Records)) >= 0))
            best = run;
        run = null;
    }

    private static TinyReorderException Bad(string name, string message) =>
        new(Diagnostic.Error(DiagnosticCodes.BadSelfTestLog, message) with { File = name });
}

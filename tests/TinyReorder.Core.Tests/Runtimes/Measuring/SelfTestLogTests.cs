using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Tests.Runtimes.Measuring;

/// <summary>Logs as boards and consoles write them, and those that nobody should trust.</summary>
public class SelfTestLogTests
{
    [Fact]
    public void A_whole_log_is_good()
    {
        SelfTestVerdict verdict = Verdict(LogText.Of(LogText.Beginning(), LogText.Search(2048)));

        Assert.True(verdict.IsGood);
        Assert.Empty(verdict.Diagnostics);
        Assert.Equal((true, 0L), (verdict.AnswersAreEqual, verdict.ArenaDifferenceBytes));
        Assert.Equal((120L, 130L), (verdict.Log.Generated.LeastMicroseconds, verdict.Log.Generated.MostMicroseconds));
    }

    [Theory]
    [InlineData(2080, 32, DiagnosticSeverity.Error, "32 B of arena more")]
    [InlineData(2032, -16, DiagnosticSeverity.Warning, "16 B of arena less")]
    public void Another_arena_is_told_with_its_difference(long smallest, long difference, DiagnosticSeverity severity, string message)
    {
        SelfTestVerdict verdict = Verdict(LogText.Of(LogText.Beginning(), LogText.Search(smallest)));

        Diagnostic diagnostic = Assert.Single(verdict.Diagnostics);
        Assert.Equal((difference, DiagnosticCodes.ArenaDiffers, severity, "board.log"),
            (verdict.ArenaDifferenceBytes, diagnostic.Code, diagnostic.Severity, diagnostic.File));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Equal(difference < 0, verdict.IsGood);
    }

    [Theory]
    [InlineData(6144, 2048, true, null)]
    [InlineData(6144, 2304, true, "256 B of arena more")]
    [InlineData(6144, 6144, false, "not use the plan in the file: it needs 6,144 B, where 2,048 B were computed with the plan and 6,144 B without")]
    [InlineData(6144, 5888, false, "does not use the plan")]
    [InlineData(2304, 2304, null, "256 B of arena more")] // what another version may need as well
    public void What_the_device_needs_tells_whether_it_uses_the_plan(long unplanned, long smallest, bool? usesPlan, string? message)
    {
        SelfTestVerdict verdict = Verdict(LogText.Of(WithUnplanned(unplanned), LogText.Search(smallest)));

        Assert.Equal(usesPlan, verdict.UsesPlan);
        if (message is null)
            Assert.Empty(verdict.Diagnostics);
        else
            Assert.Contains(message, Assert.Single(verdict.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9000, true)]
    [InlineData(8192, false)]
    public void Where_the_tests_arena_would_be_too_small_without_the_plan_the_failure_says_so(long unplanned, bool isSaid)
    {
        string[] beginning = [.. WithUnplanned(unplanned).Where(content => !content.StartsWith("compared", StringComparison.Ordinal)),
            "failed model=generated stage=allocate", "end equal=0"];

        SelfTestVerdict verdict = Verdict(LogText.Of(beginning));

        Assert.Null(verdict.UsesPlan);
        Assert.Equal(isSaid, verdict.Diagnostics[0].Message.Contains("without the plan in the file it would need 9,000 B", StringComparison.Ordinal));
    }

    [Fact]
    public void The_prediction_of_the_devices_ABI_is_the_one_that_counts()
    {
        string[] both = [.. LogText.Beginning(abi: "int-enums"), "predicted model=generated abi=int-enums arena=2096 used=2084 exact=1"];

        Assert.Equal(0, Verdict(LogText.Of(both, LogText.Search(2096))).ArenaDifferenceBytes);
    }

    [Fact]
    public void Prefixes_colours_other_lines_and_every_line_end_are_passed_over()
    {
        var text = new StringBuilder("ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n");
        foreach (string content in LogText.Beginning().Concat(LogText.Search(2048)))
            text.Append("\u001b[0;32mI (1234) main_task: ").Append(LogText.Line(content)).Append("\u001b[0m\r\n")
                .Append("W (99) wifi: TINYREORDER\rnoise\u0007\r\n");

        SelfTestVerdict verdict = Verdict(text.ToString());

        Assert.True(verdict.IsGood);
        Assert.Equal(0, verdict.Log.DamagedLines);
    }

    [Fact]
    public void UTF_16_is_read()
    {
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(LogText.Of(LogText.Beginning(), LogText.Search(2048)))];

        Assert.True(SelfTestVerdict.Of(LogText.Read(utf16), "board.log").IsGood);
    }

    [Fact]
    public void A_line_that_lost_a_character_is_passed_over_and_counted()
    {
        string text = LogText.Of(LogText.Beginning(), LogText.Search(2048));
        string damaged = text.Replace("smallest model=generated arena=2048", "smallest model=generated arena=204", StringComparison.Ordinal);

        SelfTestVerdict verdict = Verdict(damaged);

        Assert.Equal((1, null), (verdict.Log.DamagedLines, verdict.Log.Generated.SmallestArenaBytes));
        Assert.False(verdict.IsGood);
    }

    [Fact]
    public void A_board_that_crashes_and_begins_anew_tells_where()
    {
        string run = LogText.Of(LogText.Beginning(), LogText.Search(2048)[..4]);

        SelfTestVerdict verdict = Verdict(run + "Guru Meditation Error: Core 0 panic'ed\n" + run + LogText.Of([LogText.Beginning()[0]]));

        Assert.Equal((2048L, 8192L), (verdict.CrashedAtBytes, verdict.Log.Generated.WorkingArenaBytes));
        Diagnostic diagnostic = Assert.Single(verdict.Diagnostics);
        Assert.Equal(DiagnosticCodes.SelfTestFailed, diagnostic.Code);
        Assert.Contains("2,048 B", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("8,192 B are enough", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("TINYREORDER_LEAST_ARENA_BYTES=2064", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_ended_comes_before_one_that_was_cut()
    {
        SelfTestVerdict verdict = Verdict(LogText.Of(LogText.Beginning(), LogText.Search(2048)) + LogText.Of(LogText.Beginning(), LogText.Search(9999)[..2]));

        Assert.True(verdict.IsGood);
    }

    [Fact]
    public void Unequal_answers_are_an_error_whatever_the_arena()
    {
        string[] beginning = [.. LogText.Beginning().Select(content => content == "compared invocation=1 equal=1" ? "compared invocation=1 equal=0" : content),
            "difference invocation=1 output=0 at=7 original=1 generated=255"];

        SelfTestVerdict verdict = Verdict(LogText.Of(beginning, LogText.Search(2048)));

        Assert.Equal((false, false), (verdict.AnswersAreEqual, verdict.IsGood));
        Assert.Contains("run 1, output 0, byte 7: 1 becomes 255", verdict.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello\nworld\n")]
    [InlineData("TINYREORDER begin format=1 symbol=kws sum=0000\n")]
    [InlineData("TINYREORDER ")]
    public void What_is_no_log_is_one_diagnostic(string text)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => LogText.Read(text)).Diagnostic;

        Assert.Equal((DiagnosticCodes.BadSelfTestLog, "board.log"), (diagnostic.Code, diagnostic.File));
    }

    [Fact]
    public void A_log_of_another_format_and_one_without_its_models_are_diagnostics()
    {
        Assert.Contains("format 2", Bad(LogText.Line("begin format=2 symbol=kws invocations=2 arena=8192") + "\n"), StringComparison.Ordinal);
        Assert.Contains("ends before", Bad(LogText.Of(LogText.Beginning()[..2])), StringComparison.Ordinal);
        Assert.Contains("ends before", Bad(LogText.Of(LogText.Beginning(profile: ""), LogText.Search(2048))), StringComparison.Ordinal);

        static string Bad(string text) => Assert.Throws<TinyReorderException>(() => LogText.Read(text)).Diagnostic.Message;
    }

    [Fact]
    public void A_line_without_end_costs_no_memory_and_hides_nothing_behind_it()
    {
        byte[] huge = new byte[64 << 20];
        Array.Fill(huge, (byte)'T');
        byte[] log = [.. huge, (byte)'\n', .. Encoding.ASCII.GetBytes(LogText.Of(LogText.Beginning(), LogText.Search(2048)))];
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(SelfTestVerdict.Of(LogText.Read(log), "board.log").IsGood);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void A_log_without_end_is_refused()
    {
        using var endless = new EndlessStream();

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => SelfTestLogReader.Read(endless, "board.log")).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadSelfTestLog, diagnostic.Code);
    }

    [Fact]
    public void Damage_of_any_byte_never_makes_a_good_verdict_of_a_bad_log_nor_an_exception()
    {
        byte[] whole = Encoding.ASCII.GetBytes(LogText.Of(LogText.Beginning(predicted: 2032), LogText.Search(2048)));
        var random = new Pcg32(7);
        for (int round = 0; round < Cases.Of(2000); round++)
        {
            byte[] damaged = (byte[])whole.Clone();
            for (int i = 0; i <= round % 4; i++)
                damaged[(int)(random.Next() % (uint)damaged.Length)] = (byte)random.Next();
            try
            {
                Assert.False(SelfTestVerdict.Of(LogText.Read(damaged), "board.log").IsGood);
            }
            catch (TinyReorderException e)
            {
                Assert.Equal(DiagnosticCodes.BadSelfTestLog, e.Diagnostic.Code);
            }
        }
    }

    private static string[] WithUnplanned(long bytes) => [.. LogText.Beginning()
        .Select(content => content.StartsWith("predicted model=generated", StringComparison.Ordinal) ? $"{content} unplanned={bytes}" : content)];

    private static SelfTestVerdict Verdict(string text) => SelfTestVerdict.Of(LogText.Read(text), "board.log");

    /// <summary>Noise for ever.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'\n', offset, count);
            return count;
        }
    }
}

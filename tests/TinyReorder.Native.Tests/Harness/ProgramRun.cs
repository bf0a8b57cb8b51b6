namespace TinyReorder.Native.Tests.Harness;

/// <summary>What a run of a program gave: its exit code, and standard output and error in one text.</summary>
public sealed record ProgramRun(int ExitCode, string Output)
{
    /// <summary>The output of a run that must have gone well.</summary>
    public string Fine
    {
        get
        {
            Assert.True(ExitCode == 0, Output);
            return Output;
        }
    }

    /// <summary>The output of a run that must have failed.</summary>
    public string Failed
    {
        get
        {
            Assert.True(ExitCode != 0, Output);
            return Output;
        }
    }

    /// <summary>Whether the tool worked on a model in this run, which must have gone well.</summary>
    public bool Generated => Fine.Contains("proven: no order has a lower one", StringComparison.Ordinal);
}

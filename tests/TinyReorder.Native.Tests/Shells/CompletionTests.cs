using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Shells;

/// <summary>The completion scripts in their shells, at the places where a user presses the tab key.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Workspace folder = new(withSpace: false);

    public CompletionTests()
    {
        folder.Write("bin/tinyreorder", $"#!/bin/sh\nexec {Tool.Command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.PathOf("bin/tinyreorder"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (string shell in new[] { "bash", "zsh", "fish" })
            folder.Write(shell, Tool.Run(folder.Folder, "completion", shell).Fine);
    }

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData("tinyreorder ana", "analyze")]
    [InlineData("tinyreorder analyze m.tflite --board nano33", "nano33ble")]
    [InlineData("  tinyreorder analyze m.tflite --overlap ", "in-place")]
    [InlineData("tinyreorder completion ", "fish")]
    [InlineData("tinyreorder optimize --dep", "--depfile")]
    public void Bash_completes(string line, string expected)
    {
        Program.Need("bash");
        string script = $"source ./bash; COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=($COMP_LINE); _tinyreorder; printf '%s\\n' "
            + $"\"${{COMPREPLY[@]}}\"; complete -p tinyreorder";
        string[] words = Run("bash", "--norc", "-c", script).Fine.Split('\n');
        Assert.Contains(expected, words);
        Assert.Contains(words, word => word.StartsWith("complete -o", StringComparison.Ordinal));
        Assert.All(words.Where(word => word.Length > 0 && !word.StartsWith("complete", StringComparison.Ordinal)),
            word => Assert.StartsWith(line.Split(' ')[^1], word, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData("tinyreorder ana", "analyze")]
    [InlineData("tinyreorder analyze m.tflite --board nano33", "nano33ble")]
    [InlineData("tinyreorder analyze m.tflite --overlap ", "in-place")]
    public void Fish_completes(string line, string expected)
    {
        Program.Need("fish");
        Assert.Contains(expected, Run("fish", "--no-config", "-c", $"source ./fish; complete -C '{line}'").Fine.Split('\n'));
    }

    [SkippableTheory]
    [InlineData("tinyreorder ana", "analyze")]
    [InlineData("tinyreorder analyze m.tflite --board nano33", "nano33ble")]
    public void Zsh_completes(string line, string expected)
    {
        Program.Need("zsh");
        // The line editor is not there without a terminal: what it gives the function and takes from it is played.
        string script = $"compdef() {{ :; }}; compadd() {{ print -l -- \"${{(@P)2}}\"; }}; source ./zsh; BUFFER='{line}'; CURSOR=${{#BUFFER}}; "
            + $"words=(${{=BUFFER}}); _tinyreorder";
        Assert.Contains(expected, Run("zsh", "-f", "-c", script).Fine.Split('\n'));
    }

    private ProgramRun Run(string shell, params string[] arguments) =>
        Program.Run(folder.Folder, shell, arguments, ("PATH", folder.PathOf("bin") + ":" + Environment.GetEnvironmentVariable("PATH")));
}

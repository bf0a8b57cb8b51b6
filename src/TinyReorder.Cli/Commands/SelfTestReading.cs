using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;
using TinyReorder.Cli.Json;
using TinyReorder.Cli.Printing;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Optimization;
using TinyReorder.Output;
using TinyReorder.Runtimes;
using TinyReorder.Tflite;

namespace TinyReorder.Cli.Commands;

/// <summary><c>tinyreorder selftest --read</c>: judges a log, and writes a profile from it.</summary>
internal sealed class SelfTestReading(CommandContext context, ParseResult line, OptimizationOptions options, string logPath, string? modelPath, string? output)
{
    private const string StandardInput = "-";

    /// <summary>Does it, and returns the exit code.</summary>
    /// <exception cref="TinyReorderException">The log is none (TINY6001), or what it names is not there.</exception>
    public int Run()
    {
        OutputReport.Check([logPath, .. modelPath is null ? [] : new[] { modelPath }], [("--output", output)]);
        string name = logPath == StandardInput ? "standard input" : logPath;
        SelfTestLog log = Read(name);
        SelfTestVerdict verdict = SelfTestVerdict.Of(log, name);
        List<Diagnostic> diagnostics = [.. verdict.Diagnostics];
        WrittenFile? written = null;
        MeasuredProfile? profile = null;
        if (output is not null)
        {
            profile = new MeasuredProfile(log, ProfileOf(log, name), Models(log, diagnostics), name);
            written = new WrittenFile(output, OutputFile.WriteIfChanged(output, stream => stream.Write(profile.ToJson())));
        }
        DiagnosticWriter.Write(context, diagnostics, name);
        if (OutputFormat.IsJson(line))
            context.Output.Write(SelfTestJson.Of(verdict, diagnostics, profile, written));
        else
            SelfTestText.Write(context, verdict, profile, written);
        return ExitCode.Of(diagnostics);
    }

    private SelfTestLog Read(string name)
    {
        if (logPath == StandardInput)
        {
            using Stream input = Console.OpenStandardInput();
            return SelfTestLogReader.Read(input, name);
        }
        try
        {
            using var file = new FileStream(logPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return SelfTestLogReader.Read(file, name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file; check the path" : e.Message.ReplaceLineEndings(" ");
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadSelfTestLog,
                $"the log cannot be read: {reason}") with
            { File = logPath.Length > 0 ? logPath : null }, e);
        }
    }

    /// <summary>
    /// The profile that the test was made with: the one that the user names, a built-in one, or one that is kept beside model, log or in the current
    /// directory.
    /// </summary>
    private RuntimeProfile ProfileOf(SelfTestLog log, string name)
    {
        if (options.Profile(line) is { } given)
        {
            return SelfTestNames(given, log)
                ? given
                : throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption,
                    $"--profile names {Quote.Text(given.Id)}, but the selftest was made with {Quote.Text(log.Profile)}; name that one"));
        }
        if (RuntimeProfile.BuiltIn.FirstOrDefault(profile => SelfTestNames(profile, log)) is { } builtIn)
            return builtIn;
        IEnumerable<string> folders = ProfileFile.Folders(modelPath).Append(Path.Combine(Path.GetDirectoryName(logPath) ?? "", ProfileFolder.DefaultName));
        if (ProfileFolder.Find(log.Profile, log.Profile, folders) is { } path)
            return RuntimeProfile.Load(InputFile.Read(path, path, DiagnosticCodes.BadProfileFile, RuntimeProfile.MaxFileBytes), path);
        throw new TinyReorderException(Diagnostic.Error(
            DiagnosticCodes.BadSelfTestLog, $"the selftest was made with the profile {Quote.Text(log.Profile)}, which is no built-in one and is not kept "
                + $"in {ProfileFolder.DefaultName}; name its file with --profile") with
        { File = name });
    }

    private static bool SelfTestNames(RuntimeProfile profile, SelfTestLog log) => CodeGeneration.SelfTest.NameOf(profile) == log.Profile;

    /// <summary>The models that ran, where the command line names the original and the options that the test was made with.</summary>
    private IReadOnlyList<TfliteModel> Models(SelfTestLog log, List<Diagnostic> diagnostics)
    {
        if (modelPath is null)
            return [];
        TfliteModel model = ModelFile.Load(modelPath);
        if (Sha256(model) != log.Original.Sha256)
            throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadSelfTestLog,
                $"the selftest ran another model than '{modelPath}': its SHA-256 begins with {log.Original.Sha256[..12]}, that of the file with "
                    + $"{Sha256(model)[..12]}; name the model of the log") with
            { File = logPath });
        OptimizationResult result = SearchProgress.Show(context, modelPath, progress =>
            ModelOptimizer.Optimize(model, options.ToRequest(line, context.Cancellation) with { Progress = progress }));
        var generated = TfliteModel.Load(result.OptimizedModel, modelPath);
        if (Sha256(generated) == log.Generated.Sha256)
            return [model, generated];
        diagnostics.Add(new Diagnostic(DiagnosticCodes.BadSelfTestLog, DiagnosticSeverity.Message,
            "these options give another model than the one that ran, so only the original is looked at; give those that the selftest was written with"));
        return [model];
    }

    private static string Sha256(TfliteModel model) => ModelFile.Sha256(model.Bytes);
}

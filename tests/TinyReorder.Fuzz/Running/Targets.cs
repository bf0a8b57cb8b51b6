using System.Text;
using TinyReorder.Arenas;
using TinyReorder.Boards;
using TinyReorder.Cli;
using TinyReorder.Cli.Consoles;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Fuzz.Sources;
using TinyReorder.Inputs;
using TinyReorder.Optimization;
using TinyReorder.Reports;
using TinyReorder.Reports.Maps;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Fuzz.Running;

/// <summary>What hostile files are given to. Each gives <c>valid</c> (or <c>streamed</c>) or the code of the one diagnostic, and throws when anything else happens.</summary>
internal static class Targets
{
    /// <summary>How a model ends that is valid, and whose answer has loops.</summary>
    public const string Streamed = "streamed";

    private const string Valid = "valid", SearchSeconds = "0.05";

    private static readonly string[] ModelCodes = ["TINY2", DiagnosticCodes.KeptInputs, DiagnosticCodes.UnknownKernels],
    TemplateCodes = [DiagnosticCodes.BadTemplate, DiagnosticCodes.OldTemplate], BoardCodes = [DiagnosticCodes.BadBoardFile, DiagnosticCodes.UnknownBoard],
        ProfileCodes = [DiagnosticCodes.BadProfileFile, DiagnosticCodes.SizeOverflow],
            TableCodes = [DiagnosticCodes.BadBufferFile, DiagnosticCodes.SizeOverflow];

    private static readonly Release[] Releases = [.. ReleaseCatalog.All];
    private static readonly Board[] Boards = [.. BoardCatalog.BuiltIn.Boards];

    private static readonly Lazy<OptimizationResult> Sound = new(() => ModelOptimizer.Optimize(TfliteModel.Load(BuiltModels.Small().Build(), "sound.tflite"),
        new OptimizationRequest()));

    /// <summary>A model goes the whole way: order, plan, verifier, rewritten file, code, reports.</summary>
    public static string Optimize(byte[] file, Pcg32 random)
    {
        bool isStreamed = false;
        string outcome = Outcome(ModelCodes, () =>
        {
            var model = TfliteModel.Load(file, "fuzz.tflite");
            OptimizationRequest request = Request(random);
            OptimizationResult result = ModelOptimizer.Optimize(model, request);
            SoundResult.Check(result, request.KeepInputs == "true");
            isStreamed = result.Rewrite is { } rewrite && rewrite.Regions.Count + rewrite.Dilated.Count > 0;
            if (random.OneIn(4))
                Generate(new CodeGenerator(), GeneratedOutput.Describe(result, "fuzz"));
            if (random.OneIn(4))
                Report(result, random);
        });
        return isStreamed ? Streamed : outcome;
    }

    /// <summary>A template renders a sound model.</summary>
    public static string Render(byte[] template, Pcg32 random) => Outcome(TemplateCodes, () =>
    {
        var file = new TemplateFile("fuzz.sbn", template);
        bool isSource = random.OneIn(2);
        Generate(isSource ? new CodeGenerator(source: file) : new CodeGenerator(header: file),
            GeneratedOutput.Describe(Sound.Value, "fuzz") with { Comments = ["one", "two"], Board = "mine" });
    });

    /// <summary>A board file is read, and a board of it used.</summary>
    public static string ReadBoards(byte[] json, Pcg32 random) => Outcome(BoardCodes, () =>
    {
        BoardCatalog boards = BoardCatalog.BuiltIn.With(BoardCatalog.Load(json, "boards.json"));
        OptimizationResult result = ModelOptimizer.Optimize(Sound.Value.Model,
            new OptimizationRequest { Boards = boards, Board = random.Pick(["mine", "avr", "esp", "my-board"]) });
        SoundResult.Check(result);
        Report(result, random);
    });

    /// <summary>A profile is read and an arena computed with it.</summary>
    public static string ReadProfile(byte[] json, Pcg32 random) => Outcome(ProfileCodes, () =>
    {
        var profile = RuntimeProfile.Load(json, "profile.json");
        var model = TfliteModel.Load(random.Pick(SeedModels.Built).Bytes, "sound.tflite");
        SoundResult.Check(ModelOptimizer.Optimize(model,
            new OptimizationRequest { Profile = profile, SearchSeconds = SearchSeconds, Plan = random.Pick(["auto", "device"]) }));
    });

    /// <summary>What people hand over is read as a model, or named for what it is; a place of a fault lies inside of the file.</summary>
    public static string ReadInput(byte[] file) => Outcome(ModelCodes, () =>
    {
        try
        {
            ModelInput.Load(file, "fuzz.cc");
        }
        catch (TinyReorderException e) when (e.Diagnostic.Line is { } line && (line < 1 || line > 1 + file.Count(value => value == '\n') || e.Diagnostic.Column < 1))
        {
            throw new UnsoundException($"a place outside of the file: {e.Diagnostic}");
        }
    });

    /// <summary>A table of buffers is read and placed.</summary>
    public static string Place(byte[] csv) => Outcome(TableCodes, () =>
    {
        IReadOnlyList<MinimallocBuffer> buffers = MinimallocCsv.Read(Encoding.UTF8.GetString(csv), "buffers.csv");
        PlacementItem[] items = [.. buffers.Select(buffer => buffer.Item)];
        Arenas.Placement placement = ArenaPlacer.Place(items, 1, PlacementLimits.Default with { Nodes = 10_000 });
        PlacementVerifier.Verify(items, placement.OffsetBytes, 1, placement.HeightBytes);
        MinimallocCsv.Write([.. buffers.Select((buffer, i) => buffer with { OffsetBytes = placement.OffsetBytes[i] })]);
    });

    /// <summary>The command line tool ends with an exit code of its contract and no defect.</summary>
    public static string OnCommandLine(byte[] file, Pcg32 random)
    {
        string folder = Directory.CreateTempSubdirectory("tinyreorder-fuzz-").FullName;
        try
        {
            string path = Path.Combine(folder, "model.tflite");
            File.WriteAllBytes(path, file);
            using var output = new StringWriter();
            using var error = new StringWriter();
            string[] command = random.Below(3) switch
            {
                0 => ["analyze", path, "--format", "json"],
                1 => ["optimize", path, "-o", Path.Combine(folder, "out.tflite"), "--header", folder],
                _ => ["map", path, "--html", Path.Combine(folder, "map.html")],
            };
            if (random.OneIn(3))
                command = [.. command, "--rewrite", random.Pick(["simplify", "stream"])];
            int exitCode = CommandLineTool.Run([.. command, "--search-seconds", SearchSeconds], new CommandContext(output, error, null, default));
            string text = error.ToString();
            if (exitCode is < 0 or > 2 || text.Contains(DiagnosticCodes.PlanRejected, StringComparison.Ordinal)
                || Directory.GetFiles(folder, "*.tmp").Length > 0)
                throw new UnsoundException($"exit code {exitCode}: {text}");
            int code = text.IndexOf("TINY2", StringComparison.Ordinal);
            return exitCode == 0 ? Valid : code >= 0 ? text.Substring(code, 8) : throw new UnsoundException($"exit code {exitCode}: {text}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static OptimizationRequest Request(Pcg32 random)
    {
        string plan = random.Pick(["auto", "offline", "device"]);
        bool streams = plan != "device" && !random.OneIn(3);
        OptimizationRequest target = AnyTarget(random);
        // Few releases have all that a loop is built of.
        if (streams && random.OneIn(2))
            target = target with { Runtime = "tflm", Kernels = "reference" };
        return target with
        {
            Plan = plan,
            Rewrite = streams ? random.Pick(["stream", "stream", "simplify"]) : random.Pick(["off", "simplify"]),
            MaxWork = streams ? random.Pick(["", "1", "100", "100"]) : null,
            MaxFlash = streams && random.OneIn(3) ? random.Pick(["0", "4000", "2147483647"]) : null,
            Overlap = plan == "device" ? null : random.Pick(["", "none", "in-place", "diagonal"]),
            KeepInputs = plan != "device" && random.OneIn(3) ? "true" : null,
        };
    }

    private static OptimizationRequest AnyTarget(Pcg32 random)
    {
        (string runtime, string? kernels) = AnyRuntime(random);
        // Kernels that the board's core cannot run are refused before the file is looked at.
        Board[] boards = kernels is null ? Boards : [.. Boards.Where(board => CoreKernels.CanRun(board.Core, kernels))];
        return new()
        {
            Runtime = runtime,
            Kernels = kernels,
            Abi = random.OneIn(2) ? AbiWords.Of(random.Pick(AbiWords.All)) : null,
            Board = boards.Length == 0 || random.OneIn(3) ? null : random.Pick(boards).Id,
            Order = random.OneIn(8) ? "file" : null,
            ArenaMargin = random.OneIn(5) ? random.Pick(["1000%", "2147483647", "7", "0.5%"]) : null,
            ReservedSram = random.OneIn(5) ? "2147483647" : null,
            ReservedFlash = random.OneIn(5) ? "2147483647" : null,
            ResourceVariables = random.OneIn(4) ? "shared" : null,
            Strict = random.OneIn(4) ? "true" : null,
            SearchSeconds = SearchSeconds,
        };
    }

    /// <summary>No runtime, what is assumed of one that is not named, or a release with kernels that it has.</summary>
    private static (string Runtime, string? Kernels) AnyRuntime(Pcg32 random)
    {
        if (random.OneIn(4))
            return ("none", null);
        if (random.OneIn(3))
            return ("tflm", null);
        Release release = random.Pick(Releases);
        return (release.Name, random.OneIn(4) ? null : random.Pick(KernelsOf(release)));
    }

    private static string[] KernelsOf(Release release) =>
        [.. RuntimeProfile.BuiltIn.Where(profile => release.Profiles.Contains(profile.Id)).Select(profile => profile.KernelLibrary).Distinct()];

    private static void Generate(CodeGenerator generator, GeneratedModel model)
    {
        generator.WriteHeader(model, Stream.Null);
        generator.WriteSource(model, Stream.Null);
    }

    private static void Report(OptimizationResult result, Pcg32 random)
    {
        var report = MemoryReport.Of(result);
        ReportFiles.Of(report, random.Pick(ReportFiles.KnownFormats), "fuzz");
        _ = report.Subgraphs.Sum(subgraph => MapText.Tables(subgraph, macs: true, sizes: true).Count());
        _ = SummaryText.Of(result).Count + ReportTable.Of(result).Count();
    }

    /// <summary>The code that <paramref name="action"/> ends with; it must be one of those that the file may be blamed with, and fit for one line.</summary>
    private static string Outcome(string[] allowed, Action action)
    {
        try
        {
            action();
            return Valid;
        }
        catch (TinyReorderException e) when (allowed.Any(code => e.Diagnostic.Code.StartsWith(code, StringComparison.Ordinal)))
        {
            if (e.Diagnostic.Severity != DiagnosticSeverity.Error || e.Message.Length > 2100 || e.Message.Any(char.IsControl))
                throw new UnsoundException($"an unfit diagnostic: {e.Diagnostic}");
            return e.Diagnostic.Code;
        }
    }
}

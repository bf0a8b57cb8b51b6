using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Measuring;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Measuring;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes.Measuring;

/// <summary>From a log to a profile, and from the profile to the arena.</summary>
public sealed class MeasuredProfileTests
{
    private static readonly RuntimeProfile Reference = RuntimeProfile.Find("reference");

    [Fact]
    public void The_measured_arena_is_that_of_just_these_bytes_exact_and_without_a_margin()
    {
        OptimizationResult before = Optimize(Model(1), Reference);
        RuntimeProfile measured = Profile(Log(before, arena: before.Arena.ArenaBytes + 64, used: before.Arena.UsedBytes + 64), []);

        OptimizationResult after = Optimize(Model(1), measured);

        Assert.Equal((before.Arena.ArenaBytes + 64, before.Arena.UsedBytes + 64, true, true),
            (after.Arena.ArenaBytes, after.Arena.UsedBytes, after.Arena.Exact, after.Arena.IsMeasured));
        Assert.Equal((before.Arena.ArenaBytes + 64, 0L), (after.Constant.Bytes, after.Constant.MarginBytes));
        Assert.Equal(before.OptimizedModel, after.OptimizedModel);
        Assert.DoesNotContain(after.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ScratchUpperBound);
    }

    [Fact]
    public void What_nothing_explains_is_on_top_of_every_other_arena_which_is_an_upper_bound()
    {
        OptimizationResult before = Optimize(Model(1), Reference), other = Optimize(Model(2), Reference);
        RuntimeProfile measured = Profile(Log(before, before.Arena.ArenaBytes + 40 + 8, before.Arena.UsedBytes + 40),
            [before.Model, TfliteModel.Load(before.OptimizedModel, "kws.tflite")]);

        OptimizationResult after = Optimize(Model(2), measured);

        Assert.Equal(48, measured.Measurements.UnexplainedBytes);
        Assert.Equal((other.Arena.ArenaBytes + 48, false, false), (after.Arena.ArenaBytes, after.Arena.Exact, after.Arena.IsMeasured));
        Diagnostic told = Assert.Single(after.Diagnostics, diagnostic => diagnostic.Code == DiagnosticCodes.ScratchUpperBound);
        Assert.Contains("48 B more", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_the_device_explain_what_they_explain_and_other_models_stay_exact()
    {
        OptimizationResult before = Optimize(Model(1), Reference);
        string[] sizes = ["size name=TfLiteTensor bytes=40 align=4", "size name=TfLiteAddParams bytes=8 align=4"];
        RuntimeProfile bySizes = RuntimeProfile.Load(new MeasuredProfile(Log(before, 1 << 20, 1 << 19, sizes), Reference, [], "board.log").ToJson(), "sizes");
        TflmAllocation explained = Allocate(before.OptimizedModel, bySizes);
        long unexplained = bySizes.Measurements.UnexplainedBytes!.Value;
        Assert.True(explained.ArenaBytes - unexplained > before.Arena.ArenaBytes);

        RuntimeProfile measured = Profile(Log(before, explained.ArenaBytes - unexplained, explained.UsedBytes - unexplained, sizes),
            [TfliteModel.Load(before.OptimizedModel, "kws.tflite")]);

        Assert.Null(measured.Measurements.UnexplainedBytes);
        OptimizationResult other = Optimize(Model(2), measured);
        Assert.True(other.Arena.Exact && other.Arena.ArenaBytes > Optimize(Model(2), Reference).Arena.ArenaBytes);
    }

    [Fact]
    public void Without_the_models_all_that_is_beyond_the_computed_arena_counts_as_unexplained()
    {
        OptimizationResult before = Optimize(Model(1), Reference);

        RuntimeProfile measured = Profile(Log(before, before.Arena.ArenaBytes + 32, before.Arena.UsedBytes + 32, ["size name=TfLiteTensor bytes=40 align=4"]),
            []);

        Assert.Equal(32, measured.Measurements.UnexplainedBytes);
    }

    [Fact]
    public void A_part_that_is_used_but_hidden_by_the_planner_counts_too()
    {
        OptimizationResult before = Optimize(Model(1, side: 1), Reference);
        Assert.Equal(before.Arena.ArenaBytes, before.Arena.PlannerBytes);

        RuntimeProfile measured = Profile(Log(before, before.Arena.ArenaBytes, before.Arena.UsedBytes + 20),
            [TfliteModel.Load(before.OptimizedModel, "kws.tflite")]);

        Assert.Equal(32, measured.Measurements.UnexplainedBytes);
    }

    [Fact]
    public void A_device_that_needs_less_takes_nothing_off_other_models()
    {
        OptimizationResult before = Optimize(Model(1), Reference), other = Optimize(Model(2), Reference);
        RuntimeProfile measured = Profile(Log(before, before.Arena.ArenaBytes - 16, before.Arena.UsedBytes - 16), []);

        OptimizationResult after = Optimize(Model(2), measured);

        Assert.Equal(0, measured.Measurements.UnexplainedBytes);
        Assert.Equal((other.Arena.ArenaBytes, false), (after.Arena.ArenaBytes, after.Arena.Exact));
    }

    [Fact]
    public void A_second_log_adds_to_the_profile_of_the_first()
    {
        OptimizationResult first = Optimize(Model(1), Reference);
        RuntimeProfile one = Profile(Log(first, first.Arena.ArenaBytes + 32, first.Arena.UsedBytes + 32), []);
        OptimizationResult second = Optimize(Model(2), one);

        RuntimeProfile both = RuntimeProfile.Load(new MeasuredProfile(Log(second, second.Arena.ArenaBytes, second.Arena.UsedBytes, profile: one.Id), one, [],
            "board.log").ToJson(), "both");

        Assert.Equal((one.Id, "tflm-reference-90b983c", 2, 32L), (both.Id, both.Extends, both.Measurements.Arenas.Count, both.Measurements.UnexplainedBytes));
    }

    [Fact]
    public void The_file_keeps_what_the_profile_says_and_names_the_device()
    {
        OptimizationResult before = Optimize(Model(1), Reference);
        byte[] json = new MeasuredProfile(Log(before, before.Arena.ArenaBytes, before.Arena.UsedBytes), Reference, [], "board.log").ToJson();
        RuntimeProfile profile = RuntimeProfile.Load(json, "mine");

        Assert.Equal((Reference.DefaultOverlap, Reference.KernelLibrary, null),
            (profile.DefaultOverlap, profile.KernelLibrary, profile.Measurements.UnexplainedBytes));
        Assert.StartsWith("tflm-reference-90b983c-plain-", profile.Id, StringComparison.Ordinal);
        Assert.Contains("measured on plain arm, short-enums, compiler 12.2.0", profile.Version, StringComparison.Ordinal);
        Assert.Contains("\"abi\":\"short-enums\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(Optimize(Model(2), Reference).Arena.ArenaBytes, Optimize(Model(2), profile).Arena.ArenaBytes);
    }

    [Theory]
    [InlineData("pointer bytes=4", "pointer bytes=8", "32-bit|pointers of 4 bytes")]
    [InlineData("name=enum bytes=1", "name=enum bytes=2", "enums of 1 or 4")]
    public void A_log_of_another_kind_of_device_gives_no_profile(string from, string to, string message)
    {
        string[] lines = [.. LogText.Beginning().Select(content => content.Replace(from, to, StringComparison.Ordinal)), .. LogText.Search(2048)];

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() =>
            new MeasuredProfile(LogText.Read(LogText.Of(lines)), Reference, [], "board.log")).Diagnostic;

        Assert.Equal(DiagnosticCodes.BadSelfTestLog, diagnostic.Code);
        Assert.Contains(message.Split('|')[^1], diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_measured_nothing_gives_no_profile() =>
        Assert.Equal(DiagnosticCodes.BadSelfTestLog,
            Assert.Throws<TinyReorderException>(() =>
            new MeasuredProfile(LogText.Read(LogText.Of(LogText.Beginning())), Reference, [], "board.log")).Diagnostic.Code);

    [Theory]
    [InlineData("\"measured\": [{ \"model\": \"x\", \"arenaBytes\": 16, \"usedBytes\": 4 }]", "$.measured[0].model")]
    [InlineData("\"measured\": [{ \"model\": \"SHA\", \"arenaBytes\": 20, \"usedBytes\": 4 }]", "$.measured[0].arenaBytes")]
    [InlineData("\"measured\": [{ \"model\": \"SHA\", \"arenaBytes\": 16, \"usedBytes\": 17 }]", "$.measured[0].usedBytes")]
    [InlineData("\"measured\": [{ \"model\": \"SHA\", \"arenaBytes\": 16, \"usedBytes\": 4 }, { \"model\": \"SHA\", \"arenaBytes\": 16, \"usedBytes\": 4 }]",
        "$.measured[1].model")]
    [InlineData("\"unexplainedBytes\": -1", "$.unexplainedBytes")]
    public void Measurements_that_make_no_sense_are_refused(string member, string place)
    {
        string json = $$"""{ "schema": 1, "id": "x", "extends": "tflm-reference-90b983c", "kernels": "x", "version": "x", "operators": {}, {{member.Replace("SHA", LogText.OriginalSha, StringComparison.Ordinal)}} }""";

        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => RuntimeProfile.Load(Encoding.UTF8.GetBytes(json), "x.json")).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadProfileFile, diagnostic.Code);
        Assert.Contains(place, diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_is_kept_once_and_another_of_its_name_only_by_force()
    {
        using var folder = new TemporaryFolder();
        byte[] mine = Encoding.UTF8.GetBytes("""{ "schema": 1, "id": "mine-1", "extends": "tflm-reference-90b983c", "kernels": "mine", "version": "x", "operators": {} }""");
        byte[] other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(mine).Replace("\"x\"", "\"y\"", StringComparison.Ordinal));

        Assert.Equal((Path.Combine(folder.Path, "mine-1.json"), "mine-1", true), ProfileFolder.Add(mine, "a.json", folder.Path, replaces: false));
        Assert.False(ProfileFolder.Add(mine, "a.json", folder.Path, replaces: false).Changed);
        Assert.Equal(DiagnosticCodes.ProfileExists,
            Assert.Throws<TinyReorderException>(() => ProfileFolder.Add(other, "a.json", folder.Path, replaces: false)).Diagnostic.Code);
        Assert.True(ProfileFolder.Add(other, "a.json", folder.Path, replaces: true).Changed);
        Assert.Equal(Path.Combine(folder.Path, "mine-1.json"), ProfileFolder.Find("mine-1", Path.Combine(folder.Path, "mine-1"), [folder.Path]));
        Assert.Null(ProfileFolder.Find("../mine-1", Path.Combine(folder.Path, "../mine-1"), [folder.Path]));
        byte[] escaping = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(mine).Replace("mine-1", "../mine", StringComparison.Ordinal));
        Assert.Equal(DiagnosticCodes.BadOption,
            Assert.Throws<TinyReorderException>(() => ProfileFolder.Add(escaping, "a.json", folder.Path, replaces: true)).Diagnostic.Code);
    }

    private static TfliteModel Model(int width, int side = 8)
    {
        var b = new ModelBuilder();
        ModelTensor x = b.Input("x", [1, side, side, 4 * width]), y = b.Input("y", [1, side, side, 4 * width]);
        b.Output(b.Add(b.Relu(x), b.Relu(b.Add(x, y))));
        return TfliteModel.Load(b.Build(), "kws.tflite");
    }

    private static OptimizationResult Optimize(TfliteModel model, RuntimeProfile profile) =>
        ModelOptimizer.Optimize(model, new OptimizationRequest { Profile = profile });

    private static TflmAllocation Allocate(byte[] model, RuntimeProfile profile)
    {
        var allocator = new TflmAllocator(TfliteModel.Load(model, "kws.tflite"), profile);
        return allocator.Allocate(allocator.FileOrders());
    }

    /// <summary>A log in which the generated model was measured, and a model that nobody has as the original.</summary>
    private static SelfTestLog Log(OptimizationResult result, long arena, long used, string[]? sizes = null, string profile = "tflm-reference-90b983c")
    {
        arena = (arena + 15) / 16 * 16;
        string sha = Measurements.Sha256(result.OptimizedModel);
        string[] beginning = [.. LogText.Beginning(result.Arena.ArenaBytes, profile: profile).Select(content => content
            .Replace(LogText.GeneratedSha, sha, StringComparison.Ordinal)
            .Replace($"used={result.Arena.ArenaBytes - 12} ", $"used={result.Arena.UsedBytes} ", StringComparison.Ordinal))];
        return LogText.Read(LogText.Of(beginning, sizes ?? [], LogText.Search(arena, used)));
    }

    private static RuntimeProfile Profile(SelfTestLog log, IReadOnlyList<TfliteModel> models)
    {
        var made = new MeasuredProfile(log, Reference, models, "board.log");
        Assert.Equal(made.ToJson(), new MeasuredProfile(log, Reference, models, "board.log").ToJson());
        return RuntimeProfile.Load(made.ToJson(), made.Id);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("tinyreorder-profiles-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}

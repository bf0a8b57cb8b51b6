using System.Globalization;
using System.Text;
using System.Text.Json;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

public sealed class SelfTestTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void One_file_is_written_and_nothing_else()
    {
        string model = Model();
        CommandRun run = CommandRun.InProcess("selftest", model, "-o", directory.File("selftest"));

        Assert.Equal((ExitCode.Fine, ""), (run.ExitCode, run.Error));
        Assert.Equal(["m.tflite", Path.Combine("selftest", "m_selftest.cpp")], directory.Files());
        Assert.Contains("written    " + directory.File(Path.Combine("selftest", "m_selftest.cpp")), run.Output, StringComparison.Ordinal);
        Assert.Contains("unchanged  ", CommandRun.InProcess("selftest", model, "-o", directory.File("selftest")).Output, StringComparison.Ordinal);
        Assert.Contains("kKeyword", File.ReadAllText(Written("--symbol", "kKeyword")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("selftest")]
    [InlineData("selftest", "MODEL", "--runtime", "none")]
    [InlineData("selftest", "MODEL", "-o", "")]
    [InlineData("selftest", "MODEL", "--symbol", "9")]
    [InlineData("selftest", "--read", "LOG", "-o", "LOG")]
    public void What_cannot_be_meant_is_bad_usage(params string[] arguments)
    {
        string log = directory.Write("board.log", Encoding.ASCII.GetBytes(Log())), model = Model();
        CommandRun run = CommandRun.InProcess([.. arguments.Select(argument => argument == "MODEL" ? model : argument == "LOG" ? log : argument)]);

        Assert.Equal(ExitCode.BadUsage, run.ExitCode);
        Assert.Contains("error TINY5003: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(["board.log", "m.tflite"], directory.Files());
    }

    [Fact]
    public void A_good_log_is_exit_code_0()
    {
        CommandRun run = Read(Log());

        Assert.Equal((ExitCode.Fine, ""), (run.ExitCode, run.Error));
        Assert.Contains("equal in every byte of 2 runs", run.Output, StringComparison.Ordinal);
        Assert.Contains("arena: exactly as computed", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("compared invocation=1 equal=1", "compared invocation=1 equal=0", "TINY6002")]
    [InlineData("smallest model=generated arena=2048", "smallest model=generated arena=2080", "TINY6003")]
    [InlineData("end equal=1", "", "TINY6002")]
    public void A_log_that_proves_the_contrary_is_exit_code_1(string from, string to, string code)
    {
        CommandRun run = Read(Log(line => line.Replace(from, to, StringComparison.Ordinal)));

        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.StartsWith(directory.File("board.log") + " : error " + code + ": ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_crashed_board_is_told_with_the_size()
    {
        string[] lines = Log().Split('\n');
        CommandRun run = Read(string.Join('\n', lines.TakeWhile(line => !line.Contains("tried model=generated arena=2048", StringComparison.Ordinal)))
            + "\nPANIC\n", "--format", "json");

        Assert.Equal(ExitCode.DoesNotFit, run.ExitCode);
        Assert.Equal((2048, 8192),
            (run.Json.GetProperty("crashedAtBytes").GetInt32(), run.Json.GetProperty("generated").GetProperty("workingArenaBytes").GetInt32()));
        Assert.Contains("TINYREORDER_LEAST_ARENA_BYTES=2064", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u001b]0;evil\u0007TINYREORDER begin\u0000\u0001\nTINYREORDER " + "x=y sum=zzzz")]
    [InlineData(null)]
    public void What_is_no_log_is_bad_input_in_one_line(string? text)
    {
        string log = text is null ? directory.File("none.log") : directory.Write("board.log", Encoding.Latin1.GetBytes(text));
        CommandRun run = CommandRun.InProcess("selftest", "--read", log);

        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(": error TINY6001: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain(run.Error.TrimEnd(), char.IsControl);
    }

    [Fact]
    public void JSON_has_what_was_measured_beside_what_was_computed()
    {
        JsonElement json = Read(Log(), "--format", "json").Json;

        Assert.Equal(
            ["schema", "symbol", "profile", "good", "ended", "runs", "equalRuns", "firstDifference", "abi", "arenaDifferenceBytes", "crashedAtBytes",
                "damagedLines", "generated", "original", "build", "sizes", "writtenProfile", "unexplainedBytes", "diagnostics", "usesPlan"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.True(json.GetProperty("good").GetBoolean());
        JsonElement generated = json.GetProperty("generated");
        Assert.Equal((2048, 2048, 2036),
            (generated.GetProperty("predictedArenaBytes").GetInt32(), generated.GetProperty("smallestArenaBytes").GetInt32(),
            generated.GetProperty("usedBytes").GetInt32()));
    }

    [Fact]
    public void A_profile_of_the_board_is_written_kept_and_found_by_its_id()
    {
        string model = Model(), profile = directory.File("board.json");
        JsonElement before = CommandRun.InProcess("analyze", model, "--abi", "short-enums", "--format", "json").Json.GetProperty("arena");
        long needed = before.GetProperty("arenaBytes").GetInt64() + 64, used = before.GetProperty("usedBytes").GetInt64() + 64;
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("optimize", model, "-o", directory.File("generated.tflite")).ExitCode);
        string sha = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(directory.File("generated.tflite"))))
            .ToLowerInvariant();
        string log = Log(line => line.Replace(new string('b', 64), sha, StringComparison.Ordinal)
            .Replace("arena=2048", "arena=" + needed, StringComparison.Ordinal).Replace("bytes=2036", "bytes=" + used, StringComparison.Ordinal)
            .Replace("predicted model=generated abi=short-enums arena=" + needed, "predicted model=generated abi=short-enums arena=" + (needed - 64),
                StringComparison.Ordinal));

        CommandRun read = Read(log, "-o", profile);
        Assert.Equal(ExitCode.DoesNotFit, read.ExitCode);
        Assert.Contains("written    " + profile, read.Output, StringComparison.Ordinal);
        string id = JsonDocument.Parse(File.ReadAllText(profile)).RootElement.GetProperty("id").GetString()!;
        CommandRun added = CommandRun.InProcess("profile", "add", profile, "--project", directory.Root);
        Assert.Equal(ExitCode.Fine, added.ExitCode);
        Assert.Contains("--profile " + id, added.Output, StringComparison.Ordinal);

        JsonElement after = CommandRun.InProcess("analyze", model, "--profile", id, "--format", "json").Json.GetProperty("arena");
        Assert.Equal((needed, needed, true, true),
            (after.GetProperty("arenaBytes").GetInt64(), after.GetProperty("constantBytes").GetInt64(), after.GetProperty("exact").GetBoolean(),
            after.GetProperty("measured").GetBoolean()));
        Assert.Equal(id, after.GetProperty("profile").GetString());
        Assert.Contains("as measured on the device", CommandRun.InProcess("analyze", model, "--profile", id).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_profile_of_that_id_is_replaced_by_force_alone()
    {
        const string profile = """{ "schema": 1, "id": "mine-1", "extends": "tflm-reference-90b983c", "kernels": "mine", "version": "VERSION", "operators": {} }""";
        string a = directory.Write("a.json", Encoding.UTF8.GetBytes(profile)),
            b = directory.Write("b.json", Encoding.UTF8.GetBytes(profile.Replace("VERSION", "2", StringComparison.Ordinal)));
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("profile", "add", a, "--project", directory.Root).ExitCode);

        CommandRun refused = CommandRun.InProcess("profile", "add", b, "--project", directory.Root);
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("error TINY6004: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess("profile", "add", b, "--project", directory.Root, "--force").ExitCode);
        Assert.Contains("unchanged  ", CommandRun.InProcess("profile", "add", b, "--project", directory.Root).Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, CommandRun.InProcess("profile", "add", Model(), "--project", directory.Root).ExitCode);
        Assert.Equal(ExitCode.BadUsage, CommandRun.InProcess("profile", "ad", b).ExitCode);
    }

    [Fact]
    public void Another_model_than_that_of_the_log_is_refused()
    {
        CommandRun run = CommandRun.InProcess("selftest", Model(), "--read", directory.Write("board.log", Encoding.ASCII.GetBytes(Log())), "-o",
            directory.File("p.json"));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("ran another model", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File("p.json")));
    }

    [Fact]
    public void A_log_of_a_profile_that_is_not_at_hand_says_how_to_name_it()
    {
        CommandRun run = Read(Log(line => line.Replace("profile=tflm-reference-90b983c", "profile=mine-1", StringComparison.Ordinal)), "-o",
            directory.File("p.json"));

        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("--profile", run.Error, StringComparison.Ordinal);
    }

    private string Written(params string[] options)
    {
        Assert.Equal(ExitCode.Fine, CommandRun.InProcess(["selftest", Model(), "-o", directory.Root, .. options]).ExitCode);
        return directory.Files()
            .Where(file => file.EndsWith("_selftest.cpp", StringComparison.Ordinal) && !file.Contains("m_selftest", StringComparison.Ordinal))
            .Select(directory.File).Single();
    }

    private CommandRun Read(string log, params string[] options) =>
        CommandRun.InProcess(["selftest", "--read", directory.Write("board.log", Encoding.ASCII.GetBytes(log)), .. options]);

    private string Model()
    {
        var model = new ModelBuilder();
        model.Output(model.Relu(model.Input("x", [1, 4, 4, 16])));
        return directory.Write("m.tflite", model.Build());
    }

    private static string Log(Func<string, string>? change = null)
    {
        string[] lines =
        [
            "begin format=1 symbol=kws invocations=2 arena=8192",
            $"model model=original sha256={new string('a', 64)} bytes=1000",
            $"model model=generated sha256={new string('b', 64)} bytes=1100",
            "computed profile=tflm-reference-90b983c kernels=reference plan=offline overlap=none",
            "predicted model=original abi=short-enums arena=4096 used=4084 exact=1",
            "predicted model=generated abi=short-enums arena=2048 used=2036 exact=1",
            "build cxx=201703 compiler=12.2.0 platform=plain cpu=arm static_memory=1",
            "size name=pointer bytes=4 align=4",
            "size name=enum bytes=1 align=1",
            "compared invocation=0 equal=1",
            "compared invocation=1 equal=1",
            "time model=generated least_us=120 most_us=130",
            "try model=generated arena=8192",
            "tried model=generated arena=8192 works=1",
            "used model=generated bytes=2036",
            "try model=generated arena=2048",
            "tried model=generated arena=2048 works=1",
            "smallest model=generated arena=2048 floor=0",
            "end equal=1",
        ];
        return string.Concat(lines.Select(line => change?.Invoke(line) ?? line).Where(line => line.Length > 0)
            .Select(line => Summed("TINYREORDER " + line) + "\n"));
    }

    private static string Summed(string line)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in Encoding.ASCII.GetBytes(line))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return line + " sum=" + (~crc & 0xFFFF).ToString("x4", CultureInfo.InvariantCulture);
    }
}

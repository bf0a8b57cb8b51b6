using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Firmware;

/// <summary>samples/firmware, compiled and linked for its boards: what the linker places is what was predicted, and what does not fit does not link.</summary>
public sealed class FirmwareTests : IDisposable
{
    private const string Strict = "-Os -ffreestanding -fdata-sections -Wall -Wextra -Werror",
        CortexM4 = "-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard", CortexM3 = "-mcpu=cortex-m3 -mthumb";

    // Of samples/firmware: the stack, and the variable beside the arena with what aligns the stack behind it.
    private const long StackBytes = 1024, VariableBytes = 4, ReservedBytes = StackBytes + 8;

    // The model's length, an unsigned int.
    private const long LengthBytes = 4;

    private readonly Workspace project = new Workspace(withSpace: false)
        .WithRepository("samples/firmware", "samples/models", "samples/cmake", "samples/make", "cmake", "integrations");

    public void Dispose() => project.Dispose();

    [SkippableTheory]
    [InlineData("gcc", "c", "c11", CortexM4, "nano33ble")]
    [InlineData("g++", "c++", "c++17", CortexM4 + " -fno-exceptions -fno-rtti", "nano33ble")]
    [InlineData("gcc", "c", "c11", CortexM3, "stm32f103")]
    [InlineData("g++", "c++", "c++17", CortexM3 + " -fno-exceptions -fno-rtti", "stm32f103")]
    public void What_is_linked_is_what_was_predicted(string compiler, string language, string standard, string cpu, string board)
    {
        // The sample's own model does not fit the smaller board.
        byte[] model = board == "stm32f103" ? NativeModels.Branched() : NativeModels.Keyword;
        JsonElement predicted = Generate(model, "--board", board, "--reserved-sram", ReservedBytes.ToString(CultureInfo.InvariantCulture));

        _ = Compile(compiler, language, standard, cpu).Fine;
        _ = Link(cpu, $"-Tsamples/firmware/{board}.ld").Fine;

        Dictionary<string, long> sections = Sections();
        Assert.Equal(predicted.GetProperty("arena").GetProperty("constantBytes").GetInt64() + VariableBytes, sections[".bss"]);
        Assert.Equal(new FileInfo(project.PathOf("reordered.tflite")).Length + LengthBytes, sections[".rodata"]);
        Assert.Equal(StackBytes, sections[".stack"]);
        Assert.Equal(0, sections[".data"]);
        Assert.InRange(sections[".vectors"] + sections[".text"], 64, 512);
    }

    [SkippableTheory]
    [InlineData("nano33ble")]
    [InlineData("stm32f103")]
    public void Linker_scripts_have_the_regions_of_the_board_table(string board)
    {
        JsonElement known = JsonDocument.Parse(Tool.Run(project.Folder, "boards", board, "--format", "json").Fine).RootElement.GetProperty("boards")
            .EnumerateArray()
                .Single(entry => entry.GetProperty("id").GetString() == board
                || entry.GetProperty("aliases").EnumerateArray().Any(alias => alias.GetString() == board));
        string script = project.Read($"samples/firmware/{board}.ld");
        Assert.Equal(known.GetProperty("staticRegionBytes").GetInt64(), LengthOf("RAM"));
        Assert.Equal(known.GetProperty("maxFlashBytes") is { ValueKind: JsonValueKind.Number } most
            ? most.GetInt64() : known.GetProperty("flashBytes").GetInt64(), LengthOf("FLASH"));

        long LengthOf(string region) => long.Parse(Regex.Match(script, $@"\b{region} \(.*LENGTH = (\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>The board check and the linker are asked about the same region, exactly large enough and one step smaller.</summary>
    [SkippableTheory]
    [InlineData(0, 0, null)]
    [InlineData(-8, 0, "TINY1001")]
    [InlineData(0, -1, "TINY1002")]
    public void It_links_just_when_the_board_holds_it(int sramDifference, int flashDifference, string? expected)
    {
        JsonElement unchecked_ = Generate(NativeModels.Keyword, "--abi", "short-enums");
        long arenaBytes = unchecked_.GetProperty("arena").GetProperty("constantBytes")
            .GetInt64(), modelBytes = new FileInfo(project.PathOf("reordered.tflite")).Length;
        _ = Compile("gcc", "c", "c11", CortexM4).Fine;
        _ = Link(CortexM4, "-Tsamples/firmware/nano33ble.ld").Fine;
        Dictionary<string, long> sections = Sections();
        long codeBytes = sections[".vectors"] + sections[".text"], paddingBytes = -codeBytes & 15;
        long sramBytes = arenaBytes + ReservedBytes + sramDifference, flashBytes = modelBytes + LengthBytes + codeBytes + paddingBytes + flashDifference;
        project.Write("boards.json",
            "{\"boards\":[{\"id\":\"tight\",\"name\":\"Tight\",\"mcu\":\"m\",\"core\":\"cortex-m4f\",\"kernels\":\"reference\",\"source\":\"a test\"," +
            $"\"sramTotalBytes\":{sramBytes},\"staticRegionBytes\":{sramBytes},\"flashBytes\":{flashBytes}}}]}}");
        project.Write("tight.ld",
            $"MEMORY\n{{\n  FLASH (rx) : ORIGIN = 0, LENGTH = {flashBytes}\n  RAM (rwx) : ORIGIN = 0x20000000, LENGTH = {sramBytes}\n}}\nINCLUDE "
            + "sections.ld\n");

        ProgramRun check = Tool.Run(project.Folder, "optimize", "kws.tflite", "-o", "again.tflite", "--board-file", "boards.json", "--board", "tight",
            "--reserved-sram", $"{ReservedBytes}", "--reserved-flash", $"{LengthBytes + codeBytes + paddingBytes}");
        ProgramRun link = Link(CortexM4, "-Ttight.ld");

        Assert.Equal((expected is null, expected is null), (check.ExitCode == 0, link.ExitCode == 0));
        if (expected is not null)
        {
            Assert.Contains(expected, check.Output, StringComparison.Ordinal);
            Assert.Contains(expected == "TINY1001" ? "region `RAM' overflowed" : "region `FLASH' overflowed", link.Output, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void The_order_decides_whether_the_firmware_links()
    {
        project.Write("between.ld",
            "MEMORY\n{\n  FLASH (rx) : ORIGIN = 0, LENGTH = 65536\n  RAM (rwx) : ORIGIN = 0x20000000, LENGTH = 57344\n}\nINCLUDE sections.ld\n");
        Generate(NativeModels.Keyword, "--order", "file", "--plan", "device");
        _ = Compile("gcc", "c", "c11", CortexM4).Fine;
        Assert.Contains("region `RAM' overflowed", Link(CortexM4, "-Tbetween.ld").Failed, StringComparison.Ordinal);

        Generate(NativeModels.Keyword);
        _ = Compile("gcc", "c", "c11", CortexM4).Fine;
        _ = Link(CortexM4, "-Tbetween.ld").Fine;
    }

    [SkippableFact]
    public void The_CMake_sample_prints_sizes_beside_the_prediction()
    {
        Program.Need("cmake", "make", "arm-none-eabi-gcc");
        string[] configure = ["-S", "samples/cmake", "-B", "build", "-G", "Unix Makefiles", "-DCMAKE_TOOLCHAIN_FILE=arm-none-eabi.cmake",
            "-DTINYREORDER_COMMAND=" + Tool.CMakeList];
        _ = Program.Run(project.Folder, "cmake", configure).Fine;
        string output = Program.Run(project.Folder, "cmake", ["--build", "build"]).Fine;
        Assert.Contains("arena 51040", output, StringComparison.Ordinal);
        Assert.Contains(".bss    51044", output, StringComparison.Ordinal);

        _ = Program.Run(project.Folder, "cmake", [.. configure, "-DBOARD=", "-DLINKER_SCRIPT=stm32f103"]).Fine;
        Assert.Contains("region `RAM' overflowed", Program.Run(project.Folder, "cmake", ["--build", "build"]).Failed, StringComparison.Ordinal);
        _ = Program.Run(project.Folder, "cmake", [.. configure, "-DBOARD=stm32f103"]).Fine;
        Assert.Contains("[TINY1001]", Program.Run(project.Folder, "cmake", ["--build", "build"]).Failed, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_make_sample_prints_sizes_beside_the_prediction()
    {
        Program.Need("make", "arm-none-eabi-gcc", "awk");
        string output = Make().Fine;
        Assert.Contains("predicted: arena 51040", output, StringComparison.Ordinal);
        Assert.Contains(".bss 51044", output, StringComparison.Ordinal);
        Assert.Contains("Nothing to be done", Make().Fine, StringComparison.Ordinal);
        Assert.Contains("[TINY1001]", Make("BOARD=stm32f103").Failed, StringComparison.Ordinal);
        Assert.Contains("region `RAM' overflowed", Make("BOARD=", "LINKER_SCRIPT=stm32f103", "-B").Failed, StringComparison.Ordinal);
    }

    private ProgramRun Make(params string[] arguments) =>
        Program.Run(project.PathOf("samples", "make"), "make", ["TINYREORDER=" + Tool.Command, .. arguments]);

    private JsonElement Generate(byte[] model, params string[] options)
    {
        project.Write("kws.tflite", model);
        ProgramRun run = Tool.Run(project.Folder,
            ["optimize", "kws.tflite", "-o", "reordered.tflite", "--header", "generated", "--symbol", "keyword", "--format", "json", .. options]);
        return JsonDocument.Parse(run.Fine).RootElement;
    }

    private ProgramRun Compile(string compiler, string language, string standard, string cpu)
    {
        Program.Need("arm-none-eabi-" + compiler);
        string arguments = $"-x {language} -std={standard} {cpu} {Strict} -Igenerated -c samples/firmware/main.c generated/keyword.c";
        return Program.Run(project.Folder, "arm-none-eabi-" + compiler, arguments.Split(' '));
    }

    private ProgramRun Link(string cpu, string script) =>
        Program.Run(project.Folder, "arm-none-eabi-gcc", $"{cpu} -nostdlib -Lsamples/firmware {script} main.o keyword.o -lgcc -o firmware.elf".Split(' '));

    private Dictionary<string, long> Sections() => Program.Run(project.Folder, "arm-none-eabi-size", ["-A", "firmware.elf"]).Fine.Split('\n')
        .Select(line => Regex.Match(line, @"^(\.\S+)\s+(\d+)")).Where(match => match.Success)
        .ToDictionary(match => match.Groups[1].Value, match => long.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
}

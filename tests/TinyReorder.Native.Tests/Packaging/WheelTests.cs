using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The Python wheel, installed offline into an environment of its own and used where there is no .NET.</summary>
[Collection(SharedRelease.Name)]
[Trait("Category", "Slow")]
public sealed class WheelTests(ReleaseFiles release) : IDisposable
{
    private const string Script = """
        import pathlib, tinyreorder
        model = pathlib.Path("kws.tflite")
        result = tinyreorder.analyze(model, board="nano33ble", keep_inputs=True, overlap=None)
        assert result["schema"] == 1 and result["model"] == "kws.tflite" and result["board"]["fits"], result
        kept, free = result["arena"]["arenaBytes"], tinyreorder.analyze("kws.tflite")["arena"]["arenaBytes"]
        assert kept >= free > 0, (kept, free)

        of_bytes = tinyreorder.analyze(model.read_bytes())
        assert of_bytes["arena"]["arenaBytes"] == free and of_bytes["model"] is None, of_bytes

        tinyreorder.optimize(model, header=pathlib.Path("gen"), board="nano33ble", op_resolver=False)
        assert sorted(path.name for path in pathlib.Path("gen").iterdir() if path.name[0] != ".") == ["kws.c", "kws.h"]

        small = dict(board="stm32f103", reserved_sram=20000)
        try:
            tinyreorder.analyze(model, **small)
            assert False, "it fits"
        except tinyreorder.DoesNotFitError as error:
            assert error.exit_code == 1 and error.diagnostics[0]["code"] == "TINY1001" and "TINY1001" in str(error), error
            assert error.result == {**tinyreorder.analyze(model, check=False, **small), "subgraphs": error.result["subgraphs"]}

        try:
            tinyreorder.analyze("no.tflite")
            assert False, "there is no such file"
        except tinyreorder.DoesNotFitError:
            raise
        except tinyreorder.TinyReorderError as error:
            assert error.exit_code == 2 and error.diagnostics[0]["code"] == "TINY2010", error
        try:
            tinyreorder.run("analyze", model, no_such_option=1)
            assert False, "there is no such option"
        except tinyreorder.TinyReorderError as error:
            assert error.exit_code == 3 and "no-such-option" in str(error), error

        fitted = tinyreorder.fit(model, model.read_bytes(), filter=["nano33ble", "nucleo_l432kc"], no_advice=True)
        assert [entry["model"] for entry in fitted["models"]] == ["kws.tflite", 1], fitted
        nano = next(board for board in fitted["boards"] if board["id"] == "nano33ble")
        assert nano["fits"] and nano["sramNeededBytes"] == 2 * tinyreorder.analyze(model, board="nano33ble")["arena"]["arenaBytes"], nano
        try:
            tinyreorder.fit(model, filter="bluepill_f103c8", reserved_sram=20000)
            assert False, "it fits"
        except tinyreorder.DoesNotFitError as error:
            assert error.exit_code == 1 and not error.result["boards"][0]["fits"], error
        assert not tinyreorder.fit(model, filter="bluepill_f103c8", reserved_sram=20000, check=False)["boards"][0]["fits"]

        boards = tinyreorder.run("boards", "esp32")["boards"]
        assert any(board["id"] == "esp32dev" for board in boards), boards
        print("all fine")
        """;

    private readonly Workspace project = new();

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void Command_module_and_functions_run()
    {
        string wheel = release.File("*.whl");
        Assert.EndsWith("-py3-none-manylinux_2_34_x86_64.whl", wheel, StringComparison.Ordinal);
        Install("environment", wheel);
        project.Write("kws.tflite", NativeModels.Branched());
        Assert.Contains("no order has a lower one", Run("environment/bin/tinyreorder", "analyze", "kws.tflite").Fine, StringComparison.Ordinal);
        string[] tooLarge = ["-m", "tinyreorder", "analyze", "kws.tflite", "--board", "stm32f103", "--reserved-sram", "20480"];
        Assert.Equal(1, Run("environment/bin/python", tooLarge).ExitCode);
        project.Write("script.py", Script);
        Assert.Contains("all fine", Run("environment/bin/python", "script.py").Fine, StringComparison.Ordinal);

        _ = Run("environment/bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--target", "beside", wheel).Fine;
        string found = Program.Run(project.Folder, "python3", ["-c", "import tinyreorder; print(tinyreorder.executable())"],
            [.. release.WithoutDotnet, ("PYTHONPATH", project.PathOf("beside"))]).Fine.Split('\n')[0];
        Assert.Equal(project.PathOf("beside/bin/tinyreorder"), found);
        Assert.Equal(File.ReadAllBytes(ReleaseFiles.Executable), File.ReadAllBytes(found));
    }

    [SkippableFact]
    public void The_CMake_sample_builds_and_links_with_the_tool_of_the_environment()
    {
        Program.Need("cmake", "ninja", "arm-none-eabi-gcc");
        Install("environment", release.File("*.whl"));
        project.WithRepository("cmake", "samples/cmake", "samples/firmware", "samples/models");
        string path = project.PathOf("environment/bin") + Path.PathSeparator + release.WithoutDotnet.Single(variable => variable.Name == "PATH").Value;
        (string Name, string Value)[] activated = [.. release.WithoutDotnet.Where(variable => variable.Name != "PATH"), ("PATH", path)];
        Assert.NotEqual(0, Program.Run(project.Folder, "bash", ["-c", "command -v dotnet"], activated).ExitCode);
        string[] configure = ["-S", "samples/cmake", "-B", "build", "-G", "Ninja", "-DCMAKE_TOOLCHAIN_FILE=arm-none-eabi.cmake"];
        _ = Program.Run(project.Folder, "cmake", configure, activated).Fine;
        ProgramRun build = Program.Run(project.Folder, "cmake", ["--build", "build"], activated);
        Assert.True(build.Generated);
        Assert.Contains("predicted", build.Output, StringComparison.Ordinal);
        Assert.Contains("no work to do", Program.Run(project.Folder, "cmake", ["--build", "build"], activated).Fine, StringComparison.Ordinal);
    }

    private void Install(string environment, string wheel)
    {
        ProgramRun made = Program.Run(project.Folder, "python3", ["-m", "venv", environment]);
        Skip.If(made.ExitCode != 0, "python3 cannot make an environment: " + made.Output.Split('\n')[0]);
        _ = Run(environment + "/bin/python", "-m", "pip", "install", "--quiet", "--no-index", wheel).Fine;
    }

    private ProgramRun Run(string program, params string[] arguments) =>
        Program.Run(project.Folder, project.PathOf(program), arguments, release.WithoutDotnet);
}

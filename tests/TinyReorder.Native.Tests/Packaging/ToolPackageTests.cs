using System.IO.Compression;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The tool as users get it: packed, installed by dotnet and run under its own name.</summary>
public sealed class ToolPackageTests(InstalledTool tool) : IClassFixture<InstalledTool>, IDisposable
{
    private static readonly Dictionary<string, long> LargestBytes = new(StringComparer.Ordinal)
    {
        ["TinyReorder.nuspec"] = 2_000,
        ["cli.md"] = 40_000,
        ["LICENSE"] = 12_000,
        ["THIRD-PARTY-NOTICES.txt"] = 8_000,
        ["tools/net8.0/any/DotnetToolSettings.xml"] = 1_000,
        ["tools/net8.0/any/Google.FlatBuffers.dll"] = 40_000,
        ["tools/net8.0/any/Scriban.Signed.dll"] = 700_000,
        ["tools/net8.0/any/Spectre.Console.dll"] = 900_000,
        ["tools/net8.0/any/System.CommandLine.dll"] = 200_000,
        ["tools/net8.0/any/TinyReorder.Core.dll"] = 2_400_000,
        ["tools/net8.0/any/tinyreorder.deps.json"] = 6_000,
        ["tools/net8.0/any/tinyreorder.dll"] = 300_000,
        ["tools/net8.0/any/tinyreorder.runtimeconfig.json"] = 1_000,
    };

    private readonly Workspace project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void It_runs_under_its_own_name()
    {
        project.Write("kws.tflite", NativeModels.Branched());
        Assert.Contains("Examples:", tool.Run(project.Folder, "optimize", "--help").Fine, StringComparison.Ordinal);
        _ = tool.Run(project.Folder, "optimize", "kws.tflite", "--header", "generated", "--board", "nano33ble").Fine;
        Assert.True(File.Exists(project.PathOf("generated", "kws.c")));
        Assert.Equal(1, tool.Run(project.Folder, "analyze", "kws.tflite", "--board", "stm32f103", "--reserved-sram", "20480").ExitCode);
    }

    [Fact]
    public void The_package_holds_these_files_and_none_is_larger_than_it_should_be()
    {
        string package = Directory.GetFiles(tool.Feed, "*.nupkg").Single();
        using ZipArchive content = ZipFile.OpenRead(package);
        ZipArchiveEntry[] files = [.. content.Entries.Where(entry => entry.FullName is not "[Content_Types].xml"
            && entry.FullName.Split('/')[0] is not ("_rels" or "package"))];
        Assert.Equal(LargestBytes.Keys.Order(StringComparer.Ordinal), files.Select(file => file.FullName).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(files, file => file.Length == 0 || file.Length > LargestBytes[file.FullName]);
        Assert.InRange(new FileInfo(package).Length, 1, 2_300_000);
    }

    [SkippableFact]
    public void CMake_finds_it_on_the_path_and_make_too()
    {
        Program.Need("cmake", "ninja", "make", "gcc");
        WriteProject();
        _ = tool.Run(project.Folder, "integration", "cmake", "-o", "cmake").Fine;
        _ = Program.Run(project.Folder, "cmake", ["-S", ".", "-B", "build", "-G", "Ninja"], tool.Environment).Fine;
        Assert.True(Program.Run(project.Folder, "cmake", ["--build", "build"], tool.Environment).Generated);

        using var plain = new Workspace(withSpace: false);
        plain.Write("kws.tflite", NativeModels.Branched());
        _ = tool.Run(plain.Folder, "integration", "make").Fine;
        plain.Write("Makefile", "all: build/tinyreorder/kws.h\ninclude tinyreorder.mk\n$(eval $(call tinyreorder_model,kws,kws.tflite,))\n");
        Assert.True(Program.Run(plain.Folder, "make", [], tool.Environment).Generated);
    }

    [SkippableFact]
    public void CMake_takes_the_local_tool_of_a_manifest_above_the_project()
    {
        Program.Need("cmake", "ninja", "gcc");
        WriteProject("firmware/");
        project.Write("firmware/cmake/TinyReorder.cmake", File.ReadAllText(RepositoryFiles.PathOf("cmake", "TinyReorder.cmake")));
        _ = tool.Dotnet(project.Folder, "new", "tool-manifest").Fine;
        _ = tool.Dotnet(project.Folder, ["tool", "install", "tinyreorder", .. tool.Source]).Fine;
        // Not the one of the path, which is hidden here.
        (string Name, string Value)[] environment = [.. tool.Environment.Where(variable => variable.Name != "PATH")];

        _ = Program.Run(project.Folder, "cmake", ["-S", "firmware", "-B", "build", "-G", "Ninja"], environment).Fine;
        ProgramRun build = Program.Run(project.Folder, "cmake", ["--build", "build", "-v"], environment);

        Assert.True(build.Generated);
        Assert.Contains("tool run tinyreorder", build.Fine, StringComparison.Ordinal);
        Assert.Contains("no work to do", Program.Run(project.Folder, "cmake", ["--build", "build"], environment).Fine, StringComparison.Ordinal);
    }

    private void WriteProject(string folder = "")
    {
        project.Write(folder + "kws.tflite", NativeModels.Branched());
        project.Write(folder + "main.c", "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0; }\n");
        project.Write(folder + "CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.20)\nproject(test C)\ninclude(cmake/TinyReorder.cmake)\nadd_executable(program "
            + "main.c)\ntinyreorder_add_model(program kws.tflite)\n");
    }
}

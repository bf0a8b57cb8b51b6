using System.Text.RegularExpressions;
using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Packaging;

/// <summary>The README's section "Without MSBuild", line by line as someone would copy it who has read nothing else.</summary>
public sealed class NewcomerTests : IDisposable
{
    private static readonly string Section = Regex.Match(File.ReadAllText(RepositoryFiles.PathOf("README.md")).ReplaceLineEndings("\n"),
        "(?s)\n## Without MSBuild\n(.*?)\n## ").Groups[1].Value;

    private readonly Workspace clone = new Workspace(withSpace: false)
        .WithRepository("src", "cmake", "integrations", "samples/models", "docs"), home = new(withSpace: false);

    public NewcomerTests()
    {
        foreach (string file in Directory.GetFiles(RepositoryFiles.Root))
            clone.Write(Path.GetFileName(file), File.ReadAllBytes(file));
    }

    public void Dispose()
    {
        clone.Dispose();
        home.Dispose();
    }

    [SkippableFact]
    [Trait("Category", "Long")]
    public void The_tool_installs_and_a_CMake_project_and_a_Makefile_build_with_it()
    {
        Program.Need("bash", "cmake", "make", "gcc");
        _ = Bash(clone, Block("sh")).Fine;
        Assert.True(File.Exists(clone.PathOf("keyword", "keyword.c")) && File.Exists(clone.PathOf("keyword", "keyword.h")));

        using Workspace cmake = Project();
        cmake.Write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.20)\nproject(newcomer C)\n" + Block("cmake"));
        string output = Bash(cmake,
            "tinyreorder integration cmake && cmake -S . -B build && cmake --build build && build/firmware && cmake --build build").Fine;
        Assert.Single(Regex.Matches(output, "no order has a lower one"));

        using Workspace make = Project();
        make.Write("Makefile", Block("make"));
        output = Bash(make, "tinyreorder integration make && make && ./firmware && make").Fine;
        Assert.Single(Regex.Matches(output, "no order has a lower one"));
        Assert.Contains("'firmware' is up to date", output, StringComparison.Ordinal);
    }

    private static string Block(string language) => Regex.Match(Section, $"(?s)```{language}\n(.*?)```").Groups[1].Value is { Length: > 0 } block
        ? block
        : throw new InvalidOperationException($"The README's section has no block of {language}.");

    private static Workspace Project()
    {
        var project = new Workspace(withSpace: false);
        project.Write("kws.tflite", NativeModels.Branched());
        project.Write("main.c", "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0; }\n");
        return project;
    }

    // A home of its own, where global tools go; packages that are already on the machine are not fetched again.
    private ProgramRun Bash(Workspace directory, string script) => Program.Run(directory.Folder, "bash", ["-e", "-c", script],
        ("HOME", home.Folder),
        // They have looked at the same sources already.
        ("RunAnalyzers", "false"),
        ("DOTNET_CLI_HOME", home.Folder),
        ("DOTNET_ROOT", Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", "..", ".."))),
        ("NUGET_PACKAGES",
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")),
        ("PATH", home.PathOf(".dotnet", "tools") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH")));
}

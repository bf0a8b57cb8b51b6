using TinyReorder.Cli.Files;
using TinyReorder.Cli.Tests.Running;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Cli.Tests.Commands;

/// <summary>The files that the tool carries with it for shells and build tools.</summary>
public sealed class IntegrationTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("cmake", "TinyReorder.cmake", "cmake/TinyReorder.cmake")]
    [InlineData("make", "tinyreorder.mk", "integrations/make/tinyreorder.mk")]
    [InlineData("platformio", "tinyreorder.py", "integrations/platformio/tinyreorder.py")]
    [InlineData("esp-idf", "tinyreorder/TinyReorder.cmake", "cmake/TinyReorder.cmake")]
    [InlineData("esp-idf", "tinyreorder/CMakeLists.txt", "integrations/esp-idf/tinyreorder/CMakeLists.txt")]
    [InlineData("ESP-IDF", "tinyreorder/project_include.cmake", "integrations/esp-idf/tinyreorder/project_include.cmake")]
    public void It_writes_what_the_repository_has(string build, string written, string source)
    {
        string[] line = ["integration", build, "-o", directory.File("new")];
        Assert.Contains("written    ", CommandRun.InProcess(line).Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(RepositoryFiles.PathOf(source)), File.ReadAllText(Path.Combine(directory.Root, "new", written)));
        Assert.DoesNotContain("written    ", CommandRun.InProcess(line).Output, StringComparison.Ordinal);
        Assert.Equal(ShippedFile.Integrations[build.ToLowerInvariant()].Length, directory.Files().Length);
    }

    [Fact]
    public void Unknown_words_are_answered_with_the_nearest()
    {
        Assert.Contains("the build tool is 'cmak', but must be one of: cmake, ", CommandRun.InProcess("integration", "cmak").Error, StringComparison.Ordinal);
        Assert.Contains("the shell is 'sh', but must be one of: ", CommandRun.InProcess("completion", "sh").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o bashdefault")]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -c tinyreorder")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public void Each_shell_has_its_script(string shell, string expected) =>
        Assert.Contains(expected, CommandRun.InProcess("completion", shell).Output, StringComparison.Ordinal);
}

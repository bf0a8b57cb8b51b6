using TinyReorder.Native.Tests.Harness;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>
/// Where neither the build nor the PATH names the tool, builds take that of the Python package; here a package that starts the tool of the tests.
/// </summary>
public sealed class PythonPackageTests : IDisposable
{
    private readonly Workspace project = new(withSpace: false);

    public PythonPackageTests()
    {
        string tool = project.Write("site/run", $"#!/bin/sh\nexec {Tool.Command} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        project.Write("site/tinyreorder/__init__.py", $"def executable():\n    return \"{tool}\"\n");
        // A file of the same name in the project is no package: PlatformIO's script is called so.
        project.Write("tinyreorder.py", File.ReadAllText(RepositoryFiles.PathOf("integrations", "platformio", "tinyreorder.py")));
        project.Write("kws.tflite", NativeModels.Branched());
        project.Write("main.c", "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0; }\n");
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void CMake_finds_it_and_keeps_what_it_found()
    {
        project.Write("cmake/TinyReorder.cmake", File.ReadAllText(RepositoryFiles.PathOf("cmake", "TinyReorder.cmake")));
        project.Write("CMakeLists.txt",
            "cmake_minimum_required(VERSION 3.20)\nproject(test C)\ninclude(cmake/TinyReorder.cmake)\nadd_executable(program main.c)\n"
            + "tinyreorder_add_model(program kws.tflite)\n");
        _ = Run("cmake", "-S", ".", "-B", "build", "-G", "Ninja").Fine;
        Assert.True(Run("cmake", "--build", "build").Generated);
        Assert.Contains("TINYREORDER_EXECUTABLE:FILEPATH=" + project.PathOf("site/run"), project.Read("build/CMakeCache.txt"), StringComparison.Ordinal);
        Assert.Contains("no work to do", Run("cmake", "--build", "build").Fine, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Make_finds_it()
    {
        project.Write("tinyreorder.mk", File.ReadAllText(RepositoryFiles.PathOf("integrations", "make", "tinyreorder.mk")));
        project.Write("Makefile", "all: build/tinyreorder/kws.h\ninclude tinyreorder.mk\n$(eval $(call tinyreorder_model,kws,kws.tflite,))\n");
        Assert.True(Run("make").Generated);
        Assert.False(Run("make").Generated);
    }

    [SkippableFact]
    public void PlatformIO_finds_it()
    {
        project.Write("SConstruct", """
            import os
            options = {"models": "kws.tflite"}
            env = Environment(ENV=os.environ, PROJECT_DIR=Dir("#").abspath, BUILD_DIR=Dir("#/build").abspath, BOARD="none")
            env.AddMethod(lambda env, name, default=None: options.get(name.replace("custom_tinyreorder_", ""), default), "GetProjectOption")
            env.AddMethod(lambda env: False, "IsCleanTarget")
            env.AddMethod(lambda env, *folders: None, "BuildSources")
            SConscript("tinyreorder.py", exports="env")

            """);
        Program.Need("scons");
        Assert.True(Run("scons").Generated);
        Assert.True(File.Exists(project.PathOf("build/tinyreorder/kws.c")));
    }

    private ProgramRun Run(string program, params string[] arguments)
    {
        Program.Need("python3", "cmake", "ninja", "make", "gcc");
        // The machine of the test may have the tool as a global one.
        return Program.Run(project.Folder, program, arguments,
            ("PYTHONPATH", project.PathOf("site")), ("HOME", project.Folder), ("DOTNET_CLI_HOME", project.Folder));
    }
}

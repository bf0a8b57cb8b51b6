using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>
/// The ESP-IDF component under plain CMake. ESP-IDF itself is not there: the stand-in includes each component's project_include.cmake, reads every component
/// twice as ESP-IDF does
/// (once as a script in which idf_component_register returns, once for real), and makes a library of it.
/// </summary>
public sealed class EspIdfTests : IDisposable
{
    private const string Project = """
        cmake_minimum_required(VERSION 3.20)
        project(app C CXX)
        function(idf_build_get_property variable property)
          set(${variable} esp32 PARENT_SCOPE)
        endfunction()
        function(process_project_includes)
          foreach(component tinyreorder main)
            include(components/${component}/project_include.cmake OPTIONAL)
          endforeach()
        endfunction()
        process_project_includes()
        foreach(component tinyreorder main)
          execute_process(COMMAND ${CMAKE_COMMAND} -DFILE=${CMAKE_CURRENT_SOURCE_DIR}/components/${component}/CMakeLists.txt -P ${CMAKE_CURRENT_SOURCE_DIR}/requirements.cmake COMMAND_ERROR_IS_FATAL ANY)
        endforeach()
        macro(idf_component_register)
          cmake_parse_arguments(_ "" "" "SRCS;INCLUDE_DIRS" ${ARGN})
          get_filename_component(COMPONENT_NAME ${CMAKE_CURRENT_LIST_DIR} NAME)
          set(COMPONENT_LIB __idf_${COMPONENT_NAME})
          if(__SRCS)
            add_library(${COMPONENT_LIB} STATIC ${__SRCS})
          else()
            add_library(${COMPONENT_LIB} INTERFACE)
          endif()
        endmacro()
        add_subdirectory(components/tinyreorder)
        add_subdirectory(components/main)
        add_executable(app.elf start.c)
        target_link_libraries(app.elf __idf_main)
        """;

    private readonly Workspace project = new();

    public EspIdfTests()
    {
        project.Write("CMakeLists.txt", Project);
        project.Write("requirements.cmake", "macro(idf_component_register)\n  return()\nendmacro()\ninclude(${FILE})\n");
        project.Write("start.c", "void app_main(void);\nint main(void) { app_main(); return 0; }\n");
        project.Write("components/main/main.cc",
            "#include \"kws.h\"\nalignas(16) static unsigned char arena[kKwsTensorArenaSize];\nKWS_CHECK_ARENA(arena);\nextern \"C\" void app_main(void) { arena[0] = g_kws_model[0]; }\n");
        project.Write("components/main/CMakeLists.txt",
            "idf_component_register(SRCS \"main.cc\")\ntinyreorder_add_model(${COMPONENT_LIB} kws.tflite RESERVED_SRAM 56156)\n");
        project.Write("components/main/kws.tflite", NativeModels.Branched());
        _ = Tool.Run(project.Folder, "integration", "esp-idf", "-o", "components").Fine;
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void The_component_gives_the_function_and_the_targets_board()
    {
        Program.Need("cmake", "ninja", "gcc", "g++");
        _ = Program.Run(project.Folder, "cmake", ["-S", ".", "-B", "build", "-G", "Ninja", "-DTINYREORDER_COMMAND=" + Tool.CMakeList]).Fine;
        ProgramRun build = Program.Run(project.Folder, "cmake", ["--build", "build"]);
        Assert.True(build.Generated);
        Assert.Contains("board esp32dev", build.Output, StringComparison.Ordinal);
        Assert.Contains("56,156 B reserved", build.Output, StringComparison.Ordinal);
        Assert.Contains("esp-nn kernels", build.Output, StringComparison.Ordinal);
        Assert.Contains("no work to do", Program.Run(project.Folder, "cmake", ["--build", "build"]).Fine, StringComparison.Ordinal);
    }
}

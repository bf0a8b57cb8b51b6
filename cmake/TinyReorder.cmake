# TinyReorder.cmake: TensorFlow Lite models as part of a CMake build. CMake 3.20 or newer; generators Ninja and Makefiles (3.21: Visual Studio and Xcode too).
#
#   include(TinyReorder.cmake)
#   tinyreorder_add_model(<target> <model.tflite>
#     [BOARD <id>]               the board that must hold the model, else the build breaks (default: TINYREORDER_BOARD)
#     [SYMBOL <name>]            names files and identifiers (default: the file's name)
#     [KERNELS <library>]        reference, cmsis-nn, esp-nn, ... (default: the board's)
#     [RUNTIME tflm|none] [ARENA_MARGIN <bytes|n%>] [RESERVED_SRAM <bytes>] [RESERVED_FLASH <bytes>]
#     [SOURCE c|incbin]          a C array, or an assembler source for large models (project(... ASM))
#     [OP_RESOLVER ON|OFF]       whether <name>_ops.h is made (default: for RUNTIME tflm)
#     [EMIT_ARENA] [MODEL_SECTION <section>] [ARENA_SECTION <section>]
#     [ARENA_REGION <region>]    the memory of the board that the arena lies in and is checked against, such as CCM or PSRAM
#     [PERSISTENT_REGION <region>]  where the program gives two arenas, the memory of the second, which holds what is kept
#     [BOARD_FILE <file>] [PROFILE <file>] [TEMPLATE <file or folder>]
#     [MODEL_OUTPUT <file>]      also writes the reordered .tflite
#     [OUTPUT_DIR <folder>]      default: tinyreorder/<target> in the binary directory
#     [DEPENDS <file or target>...]   what makes the model, where the build makes it
#     [OPTIONS <option>...])     further options of "tinyreorder optimize"
#
# compiles <name>.c into the target and lets the target, and what links to it, include "<name>.h" and "<name>_ops.h". It runs again when the model, an option, a board file, a profile, a template or
# the tool changed, and where the result stays the same nothing is compiled again.
#
# The tool is TINYREORDER_COMMAND (a list, such as "dotnet;/path/tinyreorder.dll") where that is set; else the local tool of a dotnet-tools.json at or above the
# project; else "tinyreorder" on the PATH or in ~/.dotnet/tools; else that of the Python package, which the Python of the build has (Zephyr's, ESP-IDF's, or the one on the PATH).

include_guard(GLOBAL)

if(CMAKE_VERSION VERSION_LESS 3.20)
  message(FATAL_ERROR "TinyReorder.cmake needs CMake 3.20 or newer; this is ${CMAKE_VERSION}.")
endif()

cmake_policy(PUSH)
cmake_policy(VERSION 3.20)

# Sets <result> to the command line that starts the tool.
function(_tinyreorder_find_tool result)
  if(TINYREORDER_COMMAND)
    set(${result} "${TINYREORDER_COMMAND}" PARENT_SCOPE)
    return()
  endif()
  set(folder "${CMAKE_CURRENT_SOURCE_DIR}")
  while(TRUE)
    foreach(manifest "${folder}/.config/dotnet-tools.json" "${folder}/dotnet-tools.json")
      if(EXISTS "${manifest}")
        file(READ "${manifest}" text)
        if(text MATCHES "\"[Tt]iny[Rr]eorder\"")
          set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${manifest}")
          find_program(TINYREORDER_DOTNET dotnet REQUIRED NO_CMAKE_FIND_ROOT_PATH)
          set(${result} "${TINYREORDER_DOTNET};tool;run;tinyreorder;--" PARENT_SCOPE)
          return()
        endif()
      endif()
    endforeach()
    cmake_path(GET folder PARENT_PATH parent)
    if(parent STREQUAL folder)
      break()
    endif()
    set(folder "${parent}")
  endwhile()
  # A toolchain file for another system may keep find_program inside of its root.
  find_program(TINYREORDER_EXECUTABLE tinyreorder HINTS "$ENV{HOME}/.dotnet/tools" "$ENV{USERPROFILE}/.dotnet/tools" NO_CMAKE_FIND_ROOT_PATH)
  if(NOT TINYREORDER_EXECUTABLE)
    _tinyreorder_find_in_python(executable)
    if(NOT executable)
      message(FATAL_ERROR
        "tinyreorder is not installed: run \"pip install tinyreorder\" or \"dotnet tool install --global tinyreorder\", or set TINYREORDER_COMMAND "
        "to the command that starts it.")
    endif()
    set(TINYREORDER_EXECUTABLE "${executable}" CACHE FILEPATH "The tool of the Python package" FORCE)
  endif()
  set(${result} "${TINYREORDER_EXECUTABLE}" PARENT_SCOPE)
endfunction()

# Sets <result> to the executable that the Python package brought, or to nothing.
function(_tinyreorder_find_in_python result)
  set(${result} "" PARENT_SCOPE)
  get_property(python GLOBAL PROPERTY TINYREORDER_PYTHON)
  find_program(TINYREORDER_PYTHON NAMES python3 python NO_CMAKE_FIND_ROOT_PATH)
  mark_as_advanced(TINYREORDER_PYTHON)
  foreach(candidate IN ITEMS "${python}" "${Python3_EXECUTABLE}" "${PYTHON_EXECUTABLE}" "${TINYREORDER_PYTHON}")
    if(candidate)
      # Not from the current directory, where a file of that name may lie.
      execute_process(COMMAND "${candidate}" -c "import sys; del sys.path[0]; import tinyreorder; print(tinyreorder.executable())"
        RESULT_VARIABLE code OUTPUT_VARIABLE path ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
      if(code EQUAL 0)
        cmake_path(CONVERT "${path}" TO_CMAKE_PATH_LIST path)
        set(${result} "${path}" PARENT_SCOPE)
        return()
      endif()
    endif()
  endforeach()
endfunction()

function(tinyreorder_add_model target model)
  set(values BOARD SYMBOL KERNELS RUNTIME ARENA_MARGIN RESERVED_SRAM RESERVED_FLASH SOURCE MODEL_SECTION ARENA_SECTION ARENA_REGION PERSISTENT_REGION)
  set(files BOARD_FILE PROFILE TEMPLATE)
  cmake_parse_arguments(PARSE_ARGV 2 arg "EMIT_ARENA" "${values};${files};MODEL_OUTPUT;OUTPUT_DIR;OP_RESOLVER" "DEPENDS;OPTIONS")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tinyreorder_add_model does not know \"${arg_UNPARSED_ARGUMENTS}\"; other options of the tool go behind OPTIONS.")
  endif()
  if(DEFINED arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "tinyreorder_add_model: ${arg_KEYWORDS_MISSING_VALUES} without a value.")
  endif()
  foreach(keyword IN LISTS values files ITEMS OP_RESOLVER EMIT_ARENA)
    string(TOLOWER "--${keyword}" flag)
    string(REPLACE "_" "-" flag "${flag}")
    if("${arg_OPTIONS}" MATCHES "(^|;)${flag}(=|;|$)")
      message(FATAL_ERROR "tinyreorder_add_model: \"${flag}\" among the OPTIONS has an argument of its own, ${keyword}.")
    endif()
    set(flag_${keyword} "${flag}")
  endforeach()
  if(NOT TARGET "${target}")
    message(FATAL_ERROR "tinyreorder_add_model: there is no target \"${target}\" yet.")
  endif()
  get_target_property(aliased "${target}" ALIASED_TARGET)
  if(aliased)
    set(target "${aliased}")
  endif()

  cmake_path(ABSOLUTE_PATH model BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  if(NOT DEFINED arg_SYMBOL)
    cmake_path(GET model STEM LAST_ONLY arg_SYMBOL)
    string(REGEX REPLACE "[^A-Za-z0-9_]" "_" arg_SYMBOL "${arg_SYMBOL}")
    string(REGEX REPLACE "^_+" "" arg_SYMBOL "${arg_SYMBOL}")
    string(REGEX REPLACE "^([0-9])" "m\\1" arg_SYMBOL "${arg_SYMBOL}")
    if(arg_SYMBOL STREQUAL "")
      message(FATAL_ERROR "tinyreorder_add_model: nothing of the name of \"${model}\" is left as an identifier of C; give a SYMBOL.")
    endif()
  endif()
  get_property(board GLOBAL PROPERTY TINYREORDER_BOARD)
  if(TINYREORDER_BOARD)
    set(board "${TINYREORDER_BOARD}")
  endif()
  if(NOT DEFINED arg_BOARD AND board)
    set(arg_BOARD "${board}")
  endif()
  if(NOT DEFINED arg_OUTPUT_DIR)
    set(arg_OUTPUT_DIR "tinyreorder/${target}")
  endif()
  cmake_path(ABSOLUTE_PATH arg_OUTPUT_DIR BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
  set(name "${arg_OUTPUT_DIR}/${arg_SYMBOL}")
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(arg_SOURCE STREQUAL "incbin")
    if(NOT "ASM" IN_LIST languages)
      message(FATAL_ERROR "tinyreorder_add_model: SOURCE incbin needs ASM among the languages of project().")
    endif()
    set(source "${name}.S")
    set(generated "${source}" "${name}.h" "${name}.tflite")
  else()
    set(source "${name}.c")
    set(generated "${source}" "${name}.h")
  endif()

  set(arguments "${model}" --header "${arg_OUTPUT_DIR}" --stamp "${name}.stamp" --depfile "${name}.d" --diagnostics gcc)
  foreach(option IN LISTS values files)
    if(DEFINED arg_${option})
      if(option IN_LIST files)
        cmake_path(ABSOLUTE_PATH arg_${option} BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
      endif()
      list(APPEND arguments "${flag_${option}}" "${arg_${option}}")
    endif()
  endforeach()
  if(arg_EMIT_ARENA)
    list(APPEND arguments --emit-arena)
  endif()
  if(DEFINED arg_OP_RESOLVER AND NOT arg_OP_RESOLVER)
    list(APPEND arguments --op-resolver false)
  elseif(NOT arg_RUNTIME STREQUAL "none")
    list(APPEND generated "${name}_ops.h")
  endif()
  if(DEFINED arg_MODEL_OUTPUT)
    cmake_path(ABSOLUTE_PATH arg_MODEL_OUTPUT BASE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}" NORMALIZE)
    list(APPEND arguments --output "${arg_MODEL_OUTPUT}")
    list(APPEND generated "${arg_MODEL_OUTPUT}")
  endif()

  # The stamp is what the build compares; the files keep their time where their content stays, so that nothing is compiled for nothing. Makefiles do not see another command
  # line, so it stands in a file, which CMake writes only when it differs.
  _tinyreorder_find_tool(tool)
  string(JOIN "\n" line ${tool} ${arguments} ${arg_OPTIONS} "")
  file(GENERATE OUTPUT "${name}.options" CONTENT "${line}")
  add_custom_command(
    OUTPUT "${name}.stamp"
    BYPRODUCTS ${generated}
    COMMAND ${tool} optimize ${arguments} ${arg_OPTIONS}
    DEPENDS "${model}" "${name}.options" ${arg_DEPENDS}
    DEPFILE "${name}.d"
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}"
    COMMENT "TinyReorder: ${arg_SYMBOL}"
    VERBATIM)

  # Names of targets hold less than paths do; the model may be of another directory than the target.
  string(MAKE_C_IDENTIFIER "tinyreorder_${target}_${arg_SYMBOL}" step)
  add_custom_target(${step} DEPENDS "${name}.stamp")
  add_dependencies(${target} ${step})
  # Properties of files hold in single folders: that of the target, and for interface libraries those of whoever may link to them.
  set(folders TARGET_DIRECTORY ${target} DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" "${CMAKE_SOURCE_DIR}")
  set_source_files_properties(${generated} ${folders} PROPERTIES GENERATED TRUE)
  if(NOT "C" IN_LIST languages AND NOT arg_SOURCE STREQUAL "incbin")
    # Without C enabled CMake would leave a .c file out and say nothing.
    set_source_files_properties("${source}" ${folders} PROPERTIES LANGUAGE CXX)
  endif()
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_sources(${target} INTERFACE "${source}")
    target_include_directories(${target} INTERFACE "$<BUILD_INTERFACE:${arg_OUTPUT_DIR}>")
  else()
    target_sources(${target} PRIVATE "${source}")
    target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${arg_OUTPUT_DIR}>")
  endif()
endfunction()

cmake_policy(POP)

namespace TinyReorder.Runtimes;

/// <summary>How the compiler of a 32-bit target lays out enumerations, which decides the sizes of the interpreter's objects.</summary>
internal enum TargetAbi
{
    /// <summary>An enumeration takes as few bytes as its values need: GCC and clang for bare-metal Arm (<c>-fshort-enums</c>).</summary>
    ShortEnums,

    /// <summary>An enumeration takes 4 bytes: Xtensa, RISC-V, and Arm with <c>-fno-short-enums</c>.</summary>
    IntEnums,
}

namespace TinyReorder;

/// <summary>How the compiler of the target lays out enumerations, which decides the sizes of the interpreter's objects.</summary>
public enum AbiKind
{
    /// <summary>As few bytes as the values need: GCC and clang for bare-metal Arm.</summary>
    ShortEnums,

    /// <summary>4 bytes: Xtensa, RISC-V, and Arm with <c>-fno-short-enums</c>.</summary>
    IntEnums,
}

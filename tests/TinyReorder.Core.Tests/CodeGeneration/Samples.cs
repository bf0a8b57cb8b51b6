using System.Text;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Planning;

namespace TinyReorder.Tests.CodeGeneration;

internal static class Samples
{
    public static GeneratedModel Kws { get; } = new()
    {
        Symbol = "kws",
        Model = [.. Enumerable.Range(0, 40).Select(i => (byte)(i * 7))],
        Runtime = "tflm",
        KernelLibrary = "cmsis-nn-c",
        Profile = "tflite-micro 90b983c, CMSIS-NN 4ab83cc",
        PeakBeforeBytes = 18_144,
        PeakAfterBytes = 16_000,
        PlannedBytes = 16_000,
        ScratchBytes = 1_280,
        PersistentBytes = 6_784,
        ArenaBytes = 22_784,
        ArenaUsedBytes = 22_772,
        LendableBytes = 16_000,
        ArenaIsExact = true,
        OrderIsProven = true,
        Plan = PlanChoice.Offline,
        Board = "stm32f103 (BluePill F103C8)",
        ReservedSramBytes = 4_096,
        NonPersistentArenaBytes = 16_000,
        PersistentArenaBytes = 6_784,
        Comments = ["A line of its own.", "  indented: SOFTMAX 4,000 B"],
    };

    /// <summary>Everything optional left out, and text that wants to break out of the comment it stands in.</summary>
    public static GeneratedModel Bare { get; } = new()
    {
        Symbol = "m1_model_v2",
        Model = [0xFF],
        Runtime = "none",
        KernelLibrary = "none",
        PeakBeforeBytes = 98_304,
        PeakAfterBytes = 98_304,
        PlannedBytes = 98_304,
        ArenaBytes = 98_304,
        Board = "evil */ int x; /* ??/\n#error board",
        Comments = ["*/ #error comment"],
    };

    /// <summary>With an arena of its own, and both in sections of their own.</summary>
    public static GeneratedModel Placed { get; } = Kws with
    {
        Symbol = "placed",
        Code = CodeOptions.Resolve(new CodeRequest { EmitArena = "true", ModelSection = ".qspi", ArenaSection = "EXT_RAM_BSS_ATTR" }),
        OpResolver = OpResolver.Of([]),
    };

    /// <summary>The same in assembler.</summary>
    public static GeneratedModel Included { get; } = Kws with
    {
        Symbol = "included",
        Code = CodeOptions.Resolve(new CodeRequest { Format = "incbin", EmitArena = "true", ArenaSection = ".ccmram" }),
        OpResolver = OpResolver.Of([]),
    };

    /// <summary>With an arena that lies in a memory of the board.</summary>
    public static GeneratedModel Regional { get; } = Kws with
    {
        Symbol = "regional",
        Board = "disco_f407vg",
        ArenaRegion = Region("disco_f407vg", "CCM"),
        Code = CodeOptions.Resolve(new CodeRequest { EmitArena = "true" }).WithArenaIn(Region("disco_f407vg", "CCM")),
    };

    /// <summary>The memory of a board of the catalog.</summary>
    public static MemoryRegion Region(string board, string name) => BoardCatalog.BuiltIn.Find(board).FindRegion(name)!;

    public static string Header(GeneratedModel model, CodeGenerator? generator = null) =>
        Written(stream => (generator ?? new CodeGenerator()).WriteHeader(model, stream));

    public static string Source(GeneratedModel model, CodeGenerator? generator = null) =>
        Written(stream => (generator ?? new CodeGenerator()).WriteSource(model, stream));

    private static string Written(Action<Stream> write)
    {
        using MemoryStream stream = new();
        write(stream);
        return new UTF8Encoding(false, true).GetString(stream.ToArray());
    }
}

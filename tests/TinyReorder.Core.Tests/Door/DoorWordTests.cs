using System.Reflection;
using TinyReorder.Boards;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Tests.Door;

/// <summary>The door's enumerations, lists and names are those of the rooms behind it.</summary>
public class DoorWordTests
{
    [Fact]
    public void Enumerations_have_the_names_and_values_of_those_behind()
    {
        AssertSame<OrderKind, OrderChoice>();
        AssertSame<PlanKind, PlanChoice>();
        AssertSame<OverlapKind, OverlapChoice>();
        AssertSame<RewriteKind, RewriteChoice>();
        AssertSame<AbiKind, TargetAbi>();
        AssertSame<ResourceVariableKind, ResourceVariableChoice>();
        AssertSame<SourceKind, SourceFormat>();
    }

    [Fact]
    public void Every_kernel_library_of_boards_and_profiles_has_its_member()
    {
        IEnumerable<string> ofBoards = BoardCatalog.KernelLibraries.Where(word => word != Board.NoKernels);
        IEnumerable<string> known = ofBoards.Concat(RuntimeProfile.BuiltIn.Select(profile => profile.KernelLibrary));
        Assert.DoesNotContain(known, word => KernelWords.Find(word) is not { } kernels || KernelWords.Of(kernels) != word);
        Assert.DoesNotContain(Enum.GetValues<KernelLibrary>(), kernels => KernelWords.Find(KernelWords.Of(kernels)) != kernels);
    }

    [Fact]
    public void Diagnostics_name_properties_and_members_that_exist()
    {
        IEnumerable<PropertyInfo> ofBoth = typeof(ReorderOptions).GetProperties().Concat(typeof(GeneratedCodeOptions).GetProperties());
        string[] properties = [.. ofBoth.Select(property => property.Name)];
        string[] named =
        [
            "Board", "Sram", "Flash", "Core", "Runtime", "Kernels", "Abi", "Order", "Plan", "Overlap", "Rewrite", "MaxWork", "MaxFlash", "KeepInputs", "ReservedSram", "ReservedFlash",
            "ResourceVariables", "Strict", "SearchSeconds", "Format", "OpResolver", "EmitArena", "ModelSection", "ArenaSection",
            "ArenaRegion", "PersistentRegion",
        ];
        foreach (string metadata in named)
            Assert.Contains(OptionStyle.Library.Name(metadata), properties);
        foreach (PlanKind plan in Enum.GetValues<PlanKind>())
            Assert.Equal($"Plan = PlanKind.{plan}", OptionStyle.Library.Setting("Plan", Kinds.WordOf(plan)));
        foreach (OverlapKind overlap in Enum.GetValues<OverlapKind>())
            Assert.Equal($"Overlap = OverlapKind.{overlap}", OptionStyle.Library.Setting("Overlap", Kinds.WordOf(overlap)));
        foreach (RewriteKind rewrite in Enum.GetValues<RewriteKind>())
            Assert.Equal($"Rewrite = RewriteKind.{rewrite}", OptionStyle.Library.Setting("Rewrite", Kinds.WordOf(rewrite)));
        foreach (KernelLibrary kernels in Enum.GetValues<KernelLibrary>())
            Assert.Equal($"Kernels = KernelLibrary.{kernels}", OptionStyle.Library.Setting("Kernels", KernelWords.Of(kernels)));
        foreach (AbiKind abi in Enum.GetValues<AbiKind>())
            Assert.Equal($"Abi = AbiKind.{abi}", OptionStyle.Library.Setting("Abi", Kinds.WordOf(abi)));
        foreach (SourceKind source in Enum.GetValues<SourceKind>())
            Assert.Equal($"Source = SourceKind.{source}", OptionStyle.Library.Setting("Format", Kinds.WordOf(source)));
        Assert.Equal("DefinesArena = true", OptionStyle.Library.Setting("EmitArena", "true"));
        Assert.Equal("Runtime = \"tflm@2026-08\"", OptionStyle.Library.Setting("Runtime", "tflm@2026-08"));
    }

    [Fact]
    public void The_lists_hold_every_board_runtime_and_code()
    {
        Assert.Equal(BoardCatalog.BuiltIn.Boards.Select(board => board.Id), Reorder.Boards.Select(board => board.Id));
        Assert.Equal(ReleaseCatalog.All.Select(release => release.Name), Reorder.Runtimes.Select(runtime => runtime.Id));
        Assert.DoesNotContain(Reorder.Runtimes, runtime => runtime.Kernels.Count == 0);
        FieldInfo[] codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static);
        Assert.Equal(codes.Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal), DiagnosticCodes.All);
        Assert.Null(Reorder.RecognizeRuntime(_ => null));
    }

    private static void AssertSame<TKind, TChoice>()
        where TKind : struct, Enum
        where TChoice : struct, Enum
    {
        Assert.Equal(Enum.GetNames<TChoice>(), Enum.GetNames<TKind>());
        Assert.Equal(Enum.GetValues<TChoice>().Select(value => value.ToString("D")), Enum.GetValues<TKind>().Select(value => value.ToString("D")));
    }
}

using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Optimization;

public class ProfileRequestTests
{
    private static readonly RuntimeProfile Mine = RuntimeProfile.Load(
        Encoding.UTF8.GetBytes("""
            { "schema": 1, "id": "mine-1", "extends": "tflm-reference-90b983c", "kernels": "mine", "aliases": ["ours"], "version": "of today",
              "operators": { "RELU": { "init": [4096], "source": "mine.cc" } } }
            """),
        "mine.json");

    [Fact]
    public void A_profile_of_the_users_own_decides_about_the_arena_and_is_named()
    {
        OptimizationResult builtIn = Optimize(new OptimizationRequest()), own = Optimize(new OptimizationRequest { Profile = Mine });
        // RELU keeps 28 B with reference kernels, in steps of 16.
        Assert.Equal(builtIn.Arena.PersistentBytes - 32 + 4096, own.Arena.PersistentBytes);
        Assert.Equal(("tflm", "mine", "mine-1", "of today"), (own.Arena.Runtime, own.Arena.Kernels, own.Arena.Profile, own.Arena.ProfileVersion));
        Assert.Equal("mine-1: of today", GeneratedOutput.Describe(own, "m").Profile);
        Assert.Contains("profile mine-1", string.Join("\n", TinyReorder.Reports.SummaryText.Of(own)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("MINE")]
    [InlineData("mine-1")]
    public void Its_own_names_may_stand_beside_it(string kernels) =>
        Assert.Equal("mine-1", Optimize(new OptimizationRequest { Profile = Mine, Kernels = kernels }).Arena.Profile);

    [Fact]
    public void Another_kernel_library_beside_it_is_refused()
    {
        var request = new OptimizationRequest { Profile = Mine, Kernels = "cmsis-nn" };
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Optimize(request)).Diagnostic;
        Assert.Equal(DiagnosticCodes.BadOption, diagnostic.Code);
        Assert.Contains("mine-1", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_the_place_of_the_boards_kernels_also_where_the_board_has_none()
    {
        Assert.Equal("mine-1", Optimize(new OptimizationRequest { Profile = Mine, Board = "nano33ble" }).Arena.Profile);
        Assert.Equal("mine-1", Optimize(new OptimizationRequest { Profile = Mine, Board = "uno" }).Arena.Profile);
        Assert.Equal("none", Optimize(new OptimizationRequest { Profile = Mine, Runtime = "none" }).Arena.Profile);
    }

    private static OptimizationResult Optimize(OptimizationRequest request)
    {
        var model = new ModelBuilder();
        model.Output(model.Relu(model.Input("x", [1, 4, 4, 16])));
        return ModelOptimizer.Optimize(TfliteModel.Load(model.Build(), "m.tflite"), request);
    }
}

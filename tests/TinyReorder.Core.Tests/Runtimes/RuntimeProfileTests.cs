using System.Text;
using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Tflm;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.Runtimes;

public class RuntimeProfileTests
{
    private const string Base = "tflm-reference-90b983c";

    public static TheoryData<string> Ids => new(RuntimeProfile.BuiltIn.Select(profile => profile.Id));

    [Fact]
    public void Every_kernel_library_has_exactly_one_default_profile()
    {
        string[] expected = ["cmsis-nn-c", "cmsis-nn-dsp", "cmsis-nn-mve", "esp-nn", "esp-nn-p4", "esp-nn-s3", "reference"];

        Assert.Equal(expected,
            RuntimeProfile.BuiltIn.Where(profile => profile.IsDefault).Select(profile => profile.KernelLibrary).OrderBy(name => name, StringComparer.Ordinal));
    }

    [Fact]
    public void The_head_of_a_file_says_what_the_whole_of_it_says() => Assert.All(BuiltInProfiles.All, head =>
    {
        RuntimeProfile whole = head.Profile;
        Assert.Equal((whole.Id, whole.KernelLibrary, whole.IsDefault, whole.Extends),
            (head.Id, head.KernelLibrary, head.IsDefault, head.Bases.Count > 0 ? head.Bases[0] : null));
        Assert.Equal(whole.Aliases, head.Aliases);
        Assert.Equal(whole.KernelVersions, head.KernelVersions);
        Assert.Equal(whole.Names, head.Names);
        Assert.All(head.Bases, id => Assert.Contains(BuiltInProfiles.All.TakeWhile(other => other != head), other => other.Id == id));
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_figure_names_the_source_that_it_was_read_in(string id)
    {
        RuntimeProfile profile = RuntimeProfile.Find(id);

        Assert.Equal("tflm", profile.Runtime);
        Assert.Matches("^(tflite-micro|tflite-micro-arduino-examples|esp-tflite-micro|TensorFlowLite_ESP32|Chirale_TensorFLowLite) .*[0-9a-f]{7}",
            profile.Version);
        Assert.All(profile.Operators, pair => Assert.Matches("^(tensorflow|signal)/.+\\.(cc|cpp)$", pair.Value.Source));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_profile_has_figures_for_both_ABIs(string id)
    {
        RuntimeProfile profile = RuntimeProfile.Find(id);

        RuntimeProfile[] targets = [profile with { Abi = TargetAbi.ShortEnums }, profile with { Abi = TargetAbi.IntEnums }];

        // An enumeration and a Boolean: 2 bytes, or 8 with 4-byte enumerations.
        Assert.Equal([2L, 8], targets.Select(target => target.Operators["ADD"].Options.Bytes));
        Assert.Equal(targets[0].OperatorKinds, targets[1].OperatorKinds);
        Assert.True(targets[1].Allocator.TensorBytes >= targets[0].Allocator.TensorBytes);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_profile_shares_by_itself_more_than_was_shown(string id)
    {
        RuntimeProfile profile = RuntimeProfile.Find(id);

        Assert.True(profile.DefaultOverlap <= profile.MostOverlap);
        Assert.True((profile.KnownOverlap ?? profile.DefaultOverlap) <= profile.MostOverlap);
    }

    [Theory]
    [InlineData(nameof(OverlapChoice.Diagonal), "reference-f5c36ef", "reference-87d5152", "reference-dc4dcb7", "reference-b766947", "reference-172aa57")]
    [InlineData(nameof(OverlapChoice.None), "reference-a3e7bdad", "reference-f6c16a2", "cmsis-nn-dsp-977abe9", "cmsis-nn-c-e98ee09", "cmsis-nn-mve-e98ee09",
        "esp-nn-34e9713", "esp-nn-s3-9195e96")]
    [InlineData(nameof(OverlapChoice.InPlace), "cmsis-nn-dsp-e096196", "cmsis-nn-mve-22080c6", "cmsis-nn-c-bfc54ed", "cmsis-nn-dsp-e98ee09", "esp-nn-b859e50",
        "esp-nn-9195e96")]
    public void An_older_version_shares_as_far_as_its_own_kernels_have_shown(string mostName, params string[] ids) =>
        Assert.All(ids.Select(id => RuntimeProfile.Find("tflm-" + id)),
            profile => Assert.Equal((Enum.Parse<OverlapChoice>(mostName), Enum.Parse<OverlapChoice>(mostName)),
            (profile.MostOverlap, profile.KnownOverlap ?? profile.DefaultOverlap)));

    [Fact]
    public void An_older_version_has_no_operator_that_came_later()
    {
        Assert.Contains("REVERSE_V2", RuntimeProfile.Find("tflm-reference-90b983c").OperatorKinds);
        Assert.DoesNotContain("REVERSE_V2", RuntimeProfile.Find("tflm-reference-87d5152").OperatorKinds);
        Assert.DoesNotContain("BATCH_MATMUL", RuntimeProfile.Find("arduino-cmsis-nn-dsp-7948b85").OperatorKinds);
    }

    [Fact]
    public void What_Init_keeps_may_be_a_struct_by_its_fields()
    {
        RuntimeProfile profile = RuntimeProfile.Find("tflm-reference-dc4dcb7");

        Assert.Equal([20L], (profile with { Abi = TargetAbi.ShortEnums }).Operators["ABS"].InitBytes);
        Assert.Equal([28L], (profile with { Abi = TargetAbi.IntEnums }).Operators["ABS"].InitBytes);
    }

    [Theory]
    [InlineData("cmsis-nn", "cmsis-nn-dsp")]
    [InlineData("CMSIS-NN-MVE", "cmsis-nn-mve")]
    [InlineData("reference", "reference")]
    [InlineData("esp-nn", "esp-nn")]
    [InlineData(Base, "reference")]
    public void A_profile_is_found_by_its_names(string name, string kernels) => Assert.Equal(kernels, RuntimeProfile.Find(name).KernelLibrary);

    [Fact]
    public void An_unknown_name_lists_the_nearest_ones()
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => RuntimeProfile.Find("cmsys-nn")).Diagnostic;

        Assert.Equal(DiagnosticCodes.UnknownKernels, diagnostic.Code);
        Assert.Contains("'cmsys-nn'", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("near names: cmsis-nn,", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_users_profile_changes_what_it_names_and_inherits_the_rest()
    {
        RuntimeProfile mine = Load($$$"""
            { "schema": 1, "id": "mine", "extends": "{{{Base}}}", "kernels": "mine", "version": "of today",
              "operators": { "RELU": { "init": [1000], "source": "mine.cc" }, "MyOperator": { "init": [48], "prepare": [{ "formula": "keep", "bytes": 96 }], "source": "mine.cc" } } }
            """);
        var builder = new ModelBuilder();
        ModelTensor x = builder.Input("x", [1, 4, 4, 16]), y = builder.Relu(x), z = builder.Tensor("z", [1, 4, 4, 16]);
        builder.Custom("MyOperator", [y], [z]);
        builder.Output(z);

        TflmAllocation theirs = Allocate(builder, RuntimeProfile.Find("reference")), ours = Allocate(builder, mine);

        Assert.Equal((false, true), (theirs.Exact, ours.Exact));
        Assert.Empty(ours.Diagnostics);
        var bare = new ModelBuilder();
        ModelTensor input = bare.Input("x", [1, 4, 4, 16]), relu = bare.Relu(input);
        bare.Output(bare.Relu(relu));
        long twoRelus = Allocate(bare, mine).PersistentBytes;
        // 1,000 bytes of RELU are 1,008 with their alignment, the custom operator keeps 48 and 96.
        Assert.Equal(twoRelus - 1_008 + 48 + 96, ours.PersistentBytes);
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_profile()
    {
        string example = File.ReadAllText(RepositoryFiles.PathOf("docs", "profiles.md")).Split("```json\n")[1].Split("```")[0];

        RuntimeProfile profile = Load(example);

        Assert.Equal(("my-board-tflm", "tflm", "my-kernels"), (profile.Id, profile.Runtime, profile.KernelLibrary));
        Assert.Contains("OurFilter", profile.OperatorKinds);
        Assert.Contains("CONV_2D", profile.OperatorKinds);
    }

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("{}", "$ has no \"schema\"")]
    [InlineData("""{ "schema": 2 }""", "$.schema must be a whole number from 1 to 1")]
    [InlineData("""{ "schema": 1, "extends": "nothing" }""", "names the profile 'nothing', which is not there")]
    [InlineData("""{ "schema": 1, "runtime": "tflm", "kernels": "k", "version": "v", "id": "i" }""", "$ has no \"allocator\"")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i" }""", "$ has no \"operators\"")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": {} } }""", "$.operators.X has no \"source\"")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": null } }""", "$.operators.X removes an operator that no profile it extends has")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "init": ["Nowhere"], "source": "s" } } }""", "$.operators.X.init[0] names 'Nowhere'")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "init": [-1], "source": "s" } } }""", "$.operators.X.init[0] must be")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "init": [99999999999], "source": "s" } } }""", "$.operators.X.init[0] must be")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "options": 4, "optionsAlignment": 3, "source": "s" } } }""", "must be a power of two")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "prepare": [{ "formula": "cmsis-cnv" }], "source": "s" } } }""", "near names: cmsis-conv,")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "prepare": [{ "formula": "keep", "bytes": "many" }], "source": "s" } } }""", "$.operators.X.prepare[0].bytes must be a number")]
    [InlineData("""{ "schema": 1, "extends": "BASE", "kernels": "k", "version": "v", "id": "i", "operators": { "X": { "temporaries": ["input"], "source": "s" } } }""", "must be \"input N\"")]
    public void A_bad_profile_file_is_reported_with_the_place(string json, string message)
    {
        Diagnostic diagnostic = Assert.Throws<TinyReorderException>(() => Load(json.Replace("BASE", Base, StringComparison.Ordinal))).Diagnostic;

        Assert.Equal((DiagnosticCodes.BadProfileFile, "mine.json"), (diagnostic.Code, diagnostic.File));
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
    }

    private static RuntimeProfile Load(string json) => RuntimeProfile.Load(Encoding.UTF8.GetBytes(json), "mine.json");

    private static TflmAllocation Allocate(ModelBuilder builder, RuntimeProfile profile)
    {
        var allocator = new TflmAllocator(TfliteModel.Load(builder.Build(), "m.tflite"), profile);
        return allocator.Allocate(allocator.FileOrders());
    }
}

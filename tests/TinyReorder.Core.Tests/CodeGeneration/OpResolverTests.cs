using System.Text;
using TinyReorder.CodeGeneration;
using TinyReorder.Diagnostics;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;
using TinyReorder.Runtimes.Resolvers;
using TinyReorder.Tests.Shared;
using TinyReorder.Tflite;

namespace TinyReorder.Tests.CodeGeneration;

/// <summary>
/// The header that registers a model's operators, compiled against a stand-in for that of TensorFlow Lite Micro, which records what it is asked to register.
/// </summary>
public sealed class OpResolverTests : IDisposable
{
    private static readonly string StandIn = File.ReadAllText(RepositoryFiles.PathOf("tests/TinyReorder.Core.Tests/CodeGeneration/standin/tensorflow/lite/micro/micro_mutable_op_resolver.h"));

    private static readonly string[] OddKinds = ["ADD", "UNIDIRECTIONAL_SEQUENCE_LSTM", "BATCH_MATMUL", "SELECT", "ADD"];
    private static readonly string[] OddCodes = ["SignalWindow", "ADX", "9-lives", "9 lives? \"\\\u00e9", "ethos-u"];

    private readonly CompilerFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_header_is_the_golden_file()
    {
        string generated = Header("kws", Odd());
        string path = RepositoryFiles.PathOf("tests/TinyReorder.Core.Tests/CodeGeneration/golden/kws_ops.h");

        if (Environment.GetEnvironmentVariable("TINYREORDER_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, generated);
        Assert.Equal(File.ReadAllText(path), generated);
    }

    [SkippableTheory]
    [InlineData("c++11")]
    [InlineData("c++17")]
    [InlineData("c++20")]
    public void Every_operator_of_every_subgraph_is_registered_once_and_no_other(string standard)
    {
        string[] registered = Registered("kws", Odd(), standard);

        // SELECT is no operator of the interpreter; the custom ADD is another than the built-in one.
        Assert.Equal(
            [
                "ADD", "ASSIGN_VARIABLE", "BATCH_MATMUL", "CONV_2D", "CUSTOM:9 lives? \"\\\u00e9 with 7", "CUSTOM:9-lives with 7", "CUSTOM:ADD with 7",
                "CUSTOM:SignalWindow",
                "CUSTOM:ethos-u", "IF", "UNIDIRECTIONAL_SEQUENCE_LSTM", "VAR_HANDLE",
            ],
            registered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_operator_that_the_interpreter_lacks_is_named_and_counted_out()
    {
        OpResolver resolver = OpResolver.Of([Odd()]);

        Assert.Equal(["SELECT"], resolver.Missing.Select(op => op.Kind));
        string header = Header("kws", Odd());
        Assert.Contains("the interpreter refuses the model:\n *     SELECT\n", header, StringComparison.Ordinal);
        Assert.Contains($"kKwsOperatorCount = {resolver.Operators.Count - 1};", header, StringComparison.Ordinal);
        Assert.DoesNotContain("#error", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Operators_kept_in_a_line_are_the_same_operators()
    {
        OpResolver resolver = OpResolver.Of([Odd()]);

        Assert.Equal(resolver.Operators, OpResolver.OfWords([resolver.Words]).Operators);
        Assert.Equal(resolver.Operators, OpResolver.OfWords([resolver.Words, "", resolver.Words]).Operators);
        Assert.DoesNotContain('\n', resolver.Words);
        Assert.Contains(resolver.Operators, op => op.IsCustom);
    }

    [SkippableFact]
    public void Models_that_share_a_resolver_have_the_operators_of_both()
    {
        TfliteModel a = Model(b => b.Output(b.Add(b.Input("x", [1, 4]), b.Input("y", [1, 4]))));
        TfliteModel b = Model(m => m.Output(m.Operator("SOFTMAX", [m.Operator("ADD", [m.Input("x", [1, 4])], [1, 4])], [1, 4])));

        string[] both = ["ADD", "SOFTMAX"];
        Assert.Equal(both, OpResolver.Of([a, b]).Operators.Select(op => op.Kind));
        Assert.Equal(Header("audio", a, b), Header("audio", b, a));
        Assert.Equal(both, Compiled("audio", OpResolver.Of([a, b]), "c++17"));
    }

    [SkippableFact]
    public void A_resolver_with_too_little_room_does_not_compile_and_one_with_more_does()
    {
        TfliteModel model = Model(b => b.Output(b.Operator("SOFTMAX", [b.Add(b.Input("x", [1, 4]), b.Input("y", [1, 4]))], [1, 4])));
        Write("kws", OpResolver.Of([model]));
        const string code = "#include \"kws_ops.h\"\nint main() { tflite::MicroMutableOpResolver<ROOM> r; return AddKwsOperators(r) != kTfLiteOk; }\n";

        folder.Write("more.cc", code.Replace("ROOM", "3", StringComparison.Ordinal));
        folder.Run("g++", $"-std=c++17 {CompilerFolder.Strict} -I. more.cc -o more");
        folder.RunBuilt("more");
        folder.Write("less.cc", code.Replace("ROOM", "1", StringComparison.Ordinal));
        (int exitCode, string _, string errors) = folder.Start("g++", "-std=c++17 -I. -c less.cc");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("room for fewer operators than kws has", errors, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("m_1")]
    [InlineData("int")]
    [InlineData("m_")]
    public void Any_symbol_gives_a_header_that_compiles(string symbol)
    {
        TfliteModel model = Model(b => b.Output(b.Add(b.Input("x", [1, 4]), b.Input("y", [1, 4]))));

        Assert.Equal(["ADD"], Compiled(symbol, OpResolver.Of([model]), "c++17"));
    }

    [SkippableFact]
    public void A_model_without_operators_has_an_empty_resolver() =>
        Assert.Empty(Compiled("none", OpResolver.Of([Model(b => b.Output(b.Input("x", [1, 4])))]), "c++17"));

    [SkippableFact]
    public void In_C_the_header_is_empty()
    {
        Write("kws", OpResolver.Of([Odd()]));
        folder.Write("main.c", "#include \"kws_ops.h\"\nint main(void) { return 0; }\n");

        folder.Run("gcc", $"-std=c11 {CompilerFolder.Strict} -c main.c");
    }

    [SkippableFact]
    public void The_header_says_since_when_the_newest_method_is_there()
    {
        TfliteModel model = Model(b => b.Output(b.Operator("REDUCE_ALL", [b.Operator("DIV", [b.Input("x", [1, 4])], [1, 4])], [1])));

        Assert.Contains("AddReduceAll, is there since 2026-01-08", Header("kws", model), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_operators_of_real_models_compile_and_are_those_of_their_files()
    {
        string[] names = [.. SharedModels.Expected.Select(row => row.Model).Distinct()];
        Skip.If(names.Length == 0, "the real models are not there; TINYREORDER_MODELS names their folder");
        TfliteModel[] models = [.. names.Select(SharedModels.Load)];
        OpResolver[] resolvers = [.. models.Select(model => OpResolver.Of([model]))];

        string[] registered = Compiled([.. names.Select((name, i) => ("net" + i, resolvers[i]))], "c++17");

        IEnumerable<string> expected = models.SelectMany((model, i) => model.Subgraphs.SelectMany(subgraph => subgraph.Operators)
            .Where(op => resolvers[i].Missing.All(missing => missing.Kind != op.Kind))
            .Select(op => $"net{i} " + (op.IsCustom ? "CUSTOM:" + op.CustomCode : op.Kind)).Distinct());
        Assert.Equal(expected.Order(StringComparer.Ordinal),
            registered.Select(op => op.Replace(" with 7", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_methods_are_those_of_the_operators_that_the_reference_profile_knows()
    {
        ResolverMethods methods = ResolverMethods.BuiltIn;
        string[] withMethod = [.. methods.BuiltinKinds, .. methods.CustomCodes];

        Assert.Equal(RuntimeProfile.Find("reference").OperatorKinds, withMethod.Order(StringComparer.Ordinal));
        Assert.StartsWith(methods.Version, RuntimeProfile.Find("reference").Version, StringComparison.Ordinal);
        string[] names = Enumerable.Range(0, 256).Select(BuiltinOperators.NameOf).ToArray();
        Assert.All(methods.BuiltinKinds, kind => Assert.Contains(kind, names));
    }

    [Fact]
    public void A_version_beyond_the_highest_known_is_a_warning_and_the_highest_is_none()
    {
        TfliteModel newer = Model(b => b.Output(Softmax(b, Softmax(b, b.Input("x", [1, 4]), 99), 99))),
            highest = Model(b => b.Output(Softmax(b, b.Input("x", [1, 4]), 3)));

        Diagnostic warning = Assert.Single(OperatorVersions.Check(newer));

        Assert.Equal((DiagnosticCodes.NewerOperatorVersion, DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.Contains("operator 0 (SOFTMAX) of subgraph 0 (and 1 more of them) asks for version 99 of its kernel, and the highest known is 3:",
            warning.Message, StringComparison.Ordinal);
        Assert.Empty(OperatorVersions.Check(highest));
        Assert.Contains(ModelOptimizer.Optimize(newer, new OptimizationRequest()).Diagnostics, diagnostic =>
            diagnostic.Code == DiagnosticCodes.NewerOperatorVersion);
        Assert.DoesNotContain(ModelOptimizer.Optimize(newer, new OptimizationRequest { Runtime = "none" }).Diagnostics, diagnostic =>
            diagnostic.Code == DiagnosticCodes.NewerOperatorVersion);

        static ModelTensor Softmax(SubgraphBuilder b, ModelTensor input, int version) => b.Operator("SOFTMAX", [input], [1, 4], version: version);
    }

    /// <summary>Old and new codes, subgraphs, traps of spelling, custom codes of all sorts, and an operator that the interpreter lacks.</summary>
    private static TfliteModel Odd() => Model(model =>
    {
        ModelTensor x = model.Input("x", [1, 4]), last = model.Operator("CONV_2D", [x], [1, 4]);
        foreach (string kind in OddKinds)
            last = model.Operator(kind, [last], [1, 4]);
        foreach (string code in OddCodes)
        {
            ModelTensor next = model.Tensor(code, [1, 4]);
            model.Custom(code, [last], [next], []);
            last = next;
        }
        model.Output(last);
        SubgraphBuilder inner = model.Subgraph("inner");
        ModelTensor y = inner.Input("y", [1, 4]);
        inner.AssignVariable(inner.VarHandle("v"), y);
        inner.Output(inner.Operator("IF", [y], [1, 4]));
    });

    private static TfliteModel Model(Action<ModelBuilder> build)
    {
        var builder = new ModelBuilder();
        build(builder);
        byte[] bytes = builder.Build();
        // The builder has no custom operator that is named like a built-in one.
        int code = bytes.AsSpan().IndexOf("ADX"u8);
        if (code >= 0)
            "ADD"u8.CopyTo(bytes.AsSpan(code));
        return TfliteModel.Load(bytes, "kws.tflite");
    }

    private static string Header(string symbol, params TfliteModel[] models) => Header(symbol, OpResolver.Of(models));

    private static string Header(string symbol, OpResolver resolver)
    {
        using MemoryStream stream = new();
        new CodeGenerator().WriteOpResolver(symbol, resolver, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private string[] Registered(string symbol, TfliteModel model, string standard) => Compiled(symbol, OpResolver.Of([model]), standard);

    private string[] Compiled(string symbol, OpResolver resolver, string standard) =>
        [.. Compiled([(symbol, resolver)], standard).Select(line => line.Substring(symbol.Length + 1))];

    /// <summary>
    /// What the generated functions register, one registration of the program's own for every custom operator; each line begins with the symbol.
    /// </summary>
    private string[] Compiled((string Symbol, OpResolver Resolver)[] models, string standard)
    {
        var includes = new StringBuilder();
        var calls = new StringBuilder();
        foreach ((string symbol, OpResolver resolver) in models)
        {
            Write(symbol, resolver);
            GeneratedNames names = new(symbol);
            includes.Append($"#include \"{names.OpResolverFile}\"\n#include \"{names.OpResolverFile}\"\n");
            string registrations = string.Concat(resolver.Operators.Where(op => op.NeedsRegistration).Select(_ => ", &mine"));
            calls.Append($$"""
                {
                    {{names.OpResolverClass}} resolver;
                    if ({{names.OpResolverFunction}}(resolver{{registrations}}) != kTfLiteOk || mine.mark != 7)
                        return 1;
                    for (const std::string& op : resolver.Registered())
                        std::printf("%s %s\n", "{{symbol}}", op.c_str());
                }

                """);
        }
        folder.Write("main.cc", $"{includes}#include <cstdio>\nint main()\n{{\nconst TFLMRegistration mine = {{ 7 }};\n{calls}return 0;\n}}\n");
        folder.Run("g++", $"-std={standard} {CompilerFolder.Strict} -I. main.cc -o program");
        return folder.RunBuilt("program").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private void Write(string symbol, OpResolver resolver)
    {
        folder.Write("tensorflow/lite/micro/micro_mutable_op_resolver.h", StandIn);
        folder.Write(new GeneratedNames(symbol).OpResolverFile, Header(symbol, resolver));
    }
}

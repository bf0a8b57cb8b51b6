using TinyReorder.Native.Tests.Harness;

namespace TinyReorder.Native.Tests.Builds;

/// <summary>integrations/make/tinyreorder.mk as a project uses it, with the host's own compiler.</summary>
public sealed class MakeTests : IDisposable
{
    private const string Makefile = """
        BOARD := nano33ble
        include integrations/make/tinyreorder.mk
        CFLAGS := -I$(TINYREORDER_DIR)
        program: main.o $(TINYREORDER_DIR)/kws.o
        	$(CC) $^ -o $@
        $(eval $(call tinyreorder_model,kws,kws.tflite,--board $(BOARD)))
        main.o: main.c $(TINYREORDER_DIR)/kws.h
        """;

    private readonly Workspace project = new Workspace(withSpace: false).WithRepository("integrations/make");

    public MakeTests()
    {
        project.Write("Makefile", Makefile + "\n");
        project.Write("kws.tflite", NativeModels.Branched());
        project.Write("main.c", "#include \"kws.h\"\nint main(void) { return g_kws_model_len == 0 || KWS_TENSOR_ARENA_SIZE == 0; }\n");
    }

    public void Dispose() => project.Dispose();

    [SkippableFact]
    public void A_second_make_does_nothing()
    {
        Program.Need("make", "gcc");
        Assert.True(Make().Generated);
        Assert.Equal(0, Program.Run(project.Folder, project.PathOf("program"), []).ExitCode);

        Assert.Contains("is up to date", Make().Fine, StringComparison.Ordinal);
        Assert.Equal(0, Make("-q").ExitCode);
    }

    [SkippableFact]
    public void An_unchanged_result_compiles_nothing_and_a_changed_one_does()
    {
        Program.Need("make", "gcc");
        Assert.True(Make("-j2").Generated);

        project.Touch("kws.tflite");
        ProgramRun touched = Make("-j2");
        Assert.True(touched.Generated, touched.Output);
        Assert.DoesNotContain("\ncc ", touched.Fine, StringComparison.Ordinal);
        Assert.False(Make().Generated);

        project.Write("kws.tflite", NativeModels.Branched(channels: 16));
        ProgramRun changed = Make("-j2");
        Assert.True(changed.Generated, changed.Output);
        Assert.Contains("kws.o", changed.Fine, StringComparison.Ordinal);
        Assert.Contains("main.o", changed.Fine, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Other_options_and_deleted_outputs_generate_again()
    {
        Program.Need("make", "gcc");
        Assert.True(Make().Generated);

        Assert.Contains("CMSIS", Make("BOARD=stm32f103").Fine + project.Read("build/tinyreorder/kws.h"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("bluepill_f103c8", project.Read("build/tinyreorder/kws.h"), StringComparison.Ordinal);
        Assert.False(Make("BOARD=stm32f103").Generated);

        foreach (string output in new[] { "kws.h", "kws.c" })
        {
            File.Delete(project.PathOf("build/tinyreorder", output));
            Assert.True(Make("BOARD=stm32f103").Generated);
            Assert.True(File.Exists(project.PathOf("build/tinyreorder", output)));
            Assert.False(Make("BOARD=stm32f103").Generated);
        }
    }

    [SkippableFact]
    public void A_model_that_does_not_fit_stops_make_each_time()
    {
        Program.Need("make", "gcc");
        project.Write("kws.tflite", NativeModels.Branched(channels: 256));
        for (int run = 0; run < 2; run++)
        {
            string output = Make("BOARD=stm32f103").Failed;
            Assert.Contains("kws.tflite:1:1: error: needs ", output, StringComparison.Ordinal);
            Assert.Contains("[TINY1001]", output, StringComparison.Ordinal);
        }
        Assert.False(File.Exists(project.PathOf("program")));
        Assert.True(Make().Generated);
    }

    /// <summary>The name of a model is a word to make and to the shell, not a command: here it would end the quotes.</summary>
    [SkippableFact]
    public void A_name_runs_no_command()
    {
        Program.Need("make", "gcc");
        foreach (string model in new[] { "kws'&echo>forged&'.tflite", "kws';echo>forged;'.tflite" })
        {
            project.Write("Makefile", Makefile.Replace("kws.tflite", model, StringComparison.Ordinal) + "\n");
            project.Write(model, NativeModels.Branched());
            _ = Make();
        }
        Assert.False(File.Exists(project.PathOf("forged")));
    }

    private ProgramRun Make(params string[] arguments) => Program.Run(project.Folder, "make", ["TINYREORDER=" + Tool.Command, .. arguments]);
}

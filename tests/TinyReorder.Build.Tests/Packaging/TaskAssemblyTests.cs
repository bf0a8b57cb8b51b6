using System.Collections;
using System.Reflection;
using Microsoft.Build.Framework;
using TinyReorder.Diagnostics;
using TinyReorder.Tests.Harness;

namespace TinyReorder.Tests.Packaging;

/// <summary>What the assembly of the task is, and does when MSBuild hands it something unheard of.</summary>
public class TaskAssemblyTests
{
    private static readonly Assembly Tasks = Assembly.LoadFrom(Repository.PathOf("src", "TinyReorder.Build", "bin", Repository.Configuration, "net8.0",
        "TinyReorder.Build.dll"));

    [Fact]
    public void Nothing_stays_between_builds_and_nothing_reaches_the_network()
    {
        foreach (Assembly assembly in new[] { Tasks, typeof(Diagnostic).Assembly })
        {
            IEnumerable<FieldInfo> statics = assembly.GetTypes().Where(type => !type.Name.Contains('<'))
                .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
            Assert.Empty(statics.Where(field => !field.IsInitOnly && !field.IsLiteral).Select(field => field.DeclaringType + "." + field.Name));
            Assert.Empty(assembly.GetReferencedAssemblies().Where(reference => reference.Name!.StartsWith("System.Net", StringComparison.Ordinal))
                .Select(reference => reference.Name));
        }
    }

    [Fact]
    public void Every_task_may_run_on_a_thread_beside_others()
    {
        Type[] tasks = Tasks.GetExportedTypes().Where(type => typeof(ITask).IsAssignableFrom(type)).ToArray();
        Assert.NotEmpty(tasks);
        Assert.All(tasks, task =>
            Assert.Contains(task.GetCustomAttributesData(), attribute =>
            attribute.AttributeType.FullName == "Microsoft.Build.Framework.MSBuildMultiThreadableTaskAttribute"));
    }

    [Fact]
    public void What_should_not_happen_is_one_line_and_no_stack_trace()
    {
        var engine = new Engine();
        var task = (ITask)Activator.CreateInstance(Tasks.GetType("TinyReorder.Build.OptimizeTinyModels", throwOnError: true)!)!;
        task.BuildEngine = engine;
        task.GetType().GetProperty("Models")!.SetValue(task, new ITaskItem[] { new BrokenItem() });
        task.GetType().GetProperty("ProjectFile")!.SetValue(task, "firmware.csproj");
        Assert.False(task.Execute());
        BuildErrorEventArgs error = Assert.Single(engine.Errors);
        Assert.Equal((DiagnosticCodes.Defect, "firmware.csproj"), (error.Code, error.File));
        Assert.StartsWith("InvalidOperationException in BrokenItem.GetMetadata: out of order; this is a defect of TinyReorder", error.Message);
        Assert.Single(error.Message!.Split('\n'));
    }

    [Theory]
    [InlineData(1, 1L, 1, 1)]
    [InlineData(3, 1L, 3, 6)]
    [InlineData(3, 40L << 20, 1, 1)]
    [InlineData(3, 1L << 40, 1, 1)]
    public void Models_run_side_by_side_as_far_as_threads_and_memory_go_and_are_finished_in_order(int threads, long bytes, int mostAtOnce, int mostAhead)
    {
        MethodInfo run = Tasks.GetType("TinyReorder.Build.ParallelWork", throwOnError: true)!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!;
        int running = 0, atOnce = 0, ahead = 0, finished = 0, started = 0;
        var order = new List<int>();
        var done = new bool[40];
        using var second = new ManualResetEventSlim();
        run.Invoke(null, [Enumerable.Repeat(bytes, done.Length).ToArray(), threads, (Action<int>)Work, (Action<int>)Finish]);
        Assert.Equal(Enumerable.Range(0, done.Length), order);
        Assert.True(atOnce <= mostAtOnce && ahead <= mostAhead, $"{atOnce} at once, {ahead} ahead");
        Assert.Equal(mostAtOnce > 1, atOnce > 1);

        void Work(int piece)
        {
            lock (order)
            {
                atOnce = Math.Max(atOnce, ++running);
                ahead = Math.Max(ahead, ++started - finished);
                if (running > 1)
                {
                    second.Set();
                }
            }
            // The first piece waits until another runs beside it, since a busy machine may be slow to give a second thread.
            if (piece == 0 && mostAtOnce > 1)
            {
                second.Wait(TimeSpan.FromSeconds(60));
            }
            Thread.Sleep(piece % 3);
            lock (order)
            {
                running--;
                done[piece] = true;
            }
        }

        void Finish(int piece)
        {
            lock (order)
            {
                Assert.True(done[piece]);
                order.Add(piece);
                finished++;
            }
        }
    }

    private sealed class Engine : IBuildEngine
    {
        public List<BuildErrorEventArgs> Errors { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "x.targets";

        public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }

        public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogWarningEvent(BuildWarningEventArgs e)
        {
        }
    }

    private sealed class BrokenItem : ITaskItem
    {
        // No other test has a file of this name, whatever directory it is in at the moment.
        public string ItemSpec { get; set; } = "out-of-order.tflite";

        public ICollection MetadataNames => Array.Empty<string>();

        public int MetadataCount => 0;

        public IDictionary CloneCustomMetadata() => new Dictionary<string, string>();

        public void CopyMetadataTo(ITaskItem destinationItem)
        {
        }

        public string GetMetadata(string metadataName) => throw new InvalidOperationException("out of order");

        public void RemoveMetadata(string metadataName)
        {
        }

        public void SetMetadata(string metadataName, string metadataValue)
        {
        }
    }
}

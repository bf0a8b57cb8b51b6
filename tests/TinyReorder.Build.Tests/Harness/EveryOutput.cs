namespace TinyReorder.Tests.Harness;

/// <summary>A project whose model gives every kind of output that there is.</summary>
internal static class EveryOutput
{
    private static readonly string[] Endings = [".c", ".h", ".tflite", ".html", ".csv", ".svg", ".json"];

    /// <summary>How many files that is: of two kinds there are two, tables and headers.</summary>
    public static int Count => Endings.Length + 2;

    /// <summary>The project, in a directory called <paramref name="name"/>, with <paramref name="model"/>.</summary>
    public static Scenario Project(byte[] model, string name = "project")
    {
        var scenario = new Scenario(name);
        scenario.Write("kws.tflite", model);
        return scenario.Project("""<TinyModel Include="kws.tflite" Board="nano33ble" EmitModel="true" Report="html;csv;svg;json" />""");
    }

    /// <summary>The names of the outputs that are there.</summary>
    public static string[] FilesOf(Scenario scenario) =>
        [.. Directory.GetFiles(scenario.Generated).Select(path => Path.GetFileName(path)).Where(name => Endings.Contains(Path.GetExtension(name)))
            .Order(StringComparer.Ordinal)];
}

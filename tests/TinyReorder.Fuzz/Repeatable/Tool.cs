using System.Diagnostics;
using System.Globalization;
using TinyReorder.Cli;
using TinyReorder.Cli.Consoles;
using TinyReorder.Tests.Shared;

namespace TinyReorder.Fuzz.Repeatable;

/// <summary>The command line tool with all of its outputs, here or in a process of its own.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Writes everything that the tool can write of a model.</summary>
    /// <returns>The exit code of the first command that fails, else 0.</returns>
    public static int WriteAll(string model, string folder, TextWriter error)
    {
        var context = new CommandContext(TextWriter.Null, error, null, default);
        string[] optimize = ["optimize", model, "-o", Path.Combine(folder, "out.tflite"), "--header", folder, "--symbol", "kws", "--board", "nano33ble"];
        string[] map = ["map", model, "--html", Path.Combine(folder, "map.html"), "--csv", Path.Combine(folder, "map.csv"), "--svg",
            Path.Combine(folder, "map.svg")];
        int exitCode = CommandLineTool.Run(optimize, context);
        return exitCode != 0 ? exitCode : CommandLineTool.Run(map, context);
    }

    /// <summary>What <see cref="Program"/> does as <c>under CULTURE MODEL FOLDER</c>; prints how numbers and letters look there.</summary>
    public static int WriteUnder(string culture, string model, string folder)
    {
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = new CultureInfo(culture);
        Console.WriteLine($"{CultureInfo.CurrentCulture.Name} {1234.5:N1} {"i".ToUpper(CultureInfo.CurrentCulture)} "
            + $"{TimeZoneInfo.Local.BaseUtcOffset.TotalMinutes:0}");
        return WriteAll(model, folder, Console.Error);
    }

    /// <summary>
    /// What <see cref="Program"/> does as <c>write-for-ever A B FOLDER</c>: the outputs of a model that is A and B by turns, over each other.
    /// </summary>
    public static int WriteForEver(string a, string b, string folder)
    {
        // What is compiled on its first use is compiled before, so that a kill comes while files are written.
        string elsewhere = Directory.CreateTempSubdirectory("tinyreorder-").FullName, model = PathOfBoth(folder);
        Write(a, elsewhere);
        Write(b, elsewhere);
        Directory.Delete(elsewhere, recursive: true);
        Console.WriteLine("ready");
        for (; ; )
        {
            Write(a, folder);
            Write(b, folder);
        }

        // One model owns the outputs, whatever it is just now.
        void Write(string content, string to)
        {
            File.Copy(content, model, overwrite: true);
            WriteAll(model, to, Console.Error);
        }
    }

    /// <summary>The model of <see cref="WriteForEver"/> that is written to <paramref name="folder"/>.</summary>
    public static string PathOfBoth(string folder) => Path.Combine(Directory.CreateDirectory(folder + " of both").FullName, "kws.tflite");

    /// <summary>Starts <see cref="Program"/> in a process of its own.</summary>
    public static Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments.Prepend(typeof(Tool).Assembly.Location))
            start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs <see cref="Program"/> in a process of its own to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using Process process = Start(arguments, environment);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            throw new TimeoutException("the tool does not end");
        }
        return (process.ExitCode, output.Result, error.Result);
    }

    /// <summary>The content of every file in a folder, by its name, but for the records of whose they are.</summary>
    public static SortedDictionary<string, byte[]> Read(string folder) =>
        new(Directory.GetFiles(folder).Where(path => !Path.GetFileName(path).StartsWith('.')).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes),
            StringComparer.Ordinal);

    /// <summary>Two models with the same names and other content.</summary>
    public static byte[] Model(int which) => (which == 0 ? BuiltModels.Runnable() : BuiltModels.Small()).Build();
}

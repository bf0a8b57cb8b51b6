using System.Globalization;

namespace TinyReorder.ServePage;

internal static class Program
{
    private const int UsualPort = 5080;

    /// <summary>Serves the folder that the first argument names, at the port that the second one names, until the process is ended.</summary>
    private static int Main(string[] arguments)
    {
        int port = UsualPort;
        if (arguments.Length is < 1 or > 2 || !Directory.Exists(arguments[0])
            || (arguments.Length > 1 && !int.TryParse(arguments[1], NumberStyles.None, CultureInfo.InvariantCulture, out port)))
        {
            Console.Error.WriteLine("serve-page FOLDER [PORT]");
            return 1;
        }
        using var site = new StaticSite(arguments[0], port);
        Console.WriteLine($"The page is at {site.Address} (Ctrl+C ends it).");
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace TinyReorder.ServePage;

/// <summary>
/// The files of a folder over HTTP, for this machine alone. All of them, the worker too, come under the content security policy that the page itself names.
/// </summary>
internal sealed partial class StaticSite : IDisposable
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".json"] = "application/json",
        [".md"] = "text/plain; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
    };

    // What publishing wrote beside each file, the shortest first.
    private static readonly (string Name, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly string root;
    private readonly string policy;
    private readonly HttpListener listener;

    /// <param name="folder">The folder with <c>index.html</c>.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="HttpListenerException">The port is taken.</exception>
    public StaticSite(string folder, int port = 0)
    {
        root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        policy = Policy().Match(File.ReadAllText(Path.Combine(root, "index.html"))).Groups[1].Value;
        (listener, Address) = port == 0 ? StartSomewhere() : Start(port);
        _ = ServeAsync();
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    public void Dispose() => listener.Close();

    private static (HttpListener Listener, Uri Address) Start(int port)
    {
        var address = new Uri($"http://localhost:{port}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(address.AbsoluteUri);
        listener.Start();
        return (listener, address);
    }

    private static (HttpListener Listener, Uri Address) StartSomewhere()
    {
        for (int left = 20; ; left--)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            try
            {
                return Start(port);
            }
            catch (HttpListenerException) when (left > 0)
            {
                // Another process was faster.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using HttpListenerResponse response = context.Response;
            if (Find(context.Request.Url!) is not { } file)
            {
                response.StatusCode = (int)HttpStatusCode.NotFound;
                return;
            }
            response.ContentType = Types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
            response.Headers["Content-Security-Policy"] = policy;
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.Headers["Cache-Control"] = "no-cache";
            string accepted = context.Request.Headers["Accept-Encoding"] ?? "";
            (string Name, string Extension) encoding = Encodings.FirstOrDefault(
                encoding => accepted.Contains(encoding.Name, StringComparison.Ordinal) && File.Exists(file + encoding.Extension));
            if (encoding.Name is not null)
                response.Headers["Content-Encoding"] = encoding.Name;
            byte[] content = await File.ReadAllBytesAsync(file + encoding.Extension);
            response.ContentLength64 = content.Length;
            await response.OutputStream.WriteAsync(content);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The browser went away.
        }
    }

    private string? Find(Uri address)
    {
        string path = Uri.UnescapeDataString(address.AbsolutePath).TrimStart('/');
        string file = Path.GetFullPath(Path.Combine(root, path.Length == 0 ? "index.html" : path));
        return file.StartsWith(root, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();
}

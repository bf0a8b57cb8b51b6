using System.Diagnostics;
using TinyReorder.Diagnostics;

namespace TinyReorder.Output;

/// <summary>
/// Keeps others of us from writing the same outputs at the same time, in this process or another: an open file that is gone with its holder. Where the file
/// system has no such thing, <see cref="OwnedOutputs"/> still sees afterwards what another one wrote.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const string Ending = ".lock";

    // Between an attempt that fails and a look at the file its holder may have let go.
    private const int LeastAttempts = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(20);

    private readonly FileStream stream;

    private WriterLock(FileStream stream) => this.stream = stream;

    /// <summary>Waits for the lock beside <paramref name="path"/>, whose folder is made where it is missing.</summary>
    /// <exception cref="TinyReorderException">Another one has it for a minute: TINY5011; the folder cannot be written: TINY5006.</exception>
    public static WriterLock Take(string path)
    {
        string file = path + Ending;
        var waited = Stopwatch.StartNew();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                return new WriterLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (Exception exception) when (OutputFile.IsRefusalOfTheDisk(exception) || exception is ArgumentException or NotSupportedException)
            {
                bool isHeld = File.Exists(file) && exception is IOException;
                if (isHeld ? waited.Elapsed > Patience : attempt >= LeastAttempts)
                    throw Refusal(path, isHeld, exception);
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Deletes the file that a holder which was broken off left beside <paramref name="path"/>.</summary>
    internal static void RemoveDead(string path)
    {
        if (File.Exists(path + Ending))
            Take(path).Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static TinyReorderException Refusal(string path, bool isHeld, Exception exception) => new(
        isHeld
            ? Diagnostic.Error(DiagnosticCodes.OutputsBusy, $"another build has been writing beside '{path}' for a minute; build again when it has ended")
            : Diagnostic.Error(
                DiagnosticCodes.CannotWrite, $"cannot write beside '{path}': {exception.Message} Make the directory writable, or choose another one."),
        exception);
}

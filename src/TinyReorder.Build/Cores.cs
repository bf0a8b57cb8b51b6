using Microsoft.Build.Framework;

namespace TinyReorder.Build;

/// <summary>The cores that MSBuild lets a task use besides the other projects that it builds; given back in the end.</summary>
internal sealed class Cores : IDisposable
{
#if NETFRAMEWORK
    private Cores(int count) => Count = count;
#else
    private readonly IBuildEngine9? engine;

    private Cores(int count, IBuildEngine9? engine)
    {
        Count = count;
        this.engine = engine;
    }
#endif

    /// <summary>How many, at least 1.</summary>
    public int Count { get; }

    /// <summary>At most <paramref name="most"/> of them.</summary>
    public static Cores Request(IBuildEngine buildEngine, int most)
    {
        int wanted = Math.Max(1, Math.Min(most, Environment.ProcessorCount));
#if NETFRAMEWORK
        // The oldest MSBuild that is served has nobody to ask.
        _ = buildEngine;
        return new Cores(wanted);
#else
        if (wanted == 1 || buildEngine is not IBuildEngine9 engine)
            return new Cores(wanted, null);
        try
        {
            return new Cores(Math.Max(1, engine.RequestCores(wanted)), engine);
        }
        catch (NotImplementedException)
        {
            // A task host of its own has no scheduler.
            return new Cores(wanted, null);
        }
#endif
    }

    /// <inheritdoc/>
    public void Dispose()
    {
#if !NETFRAMEWORK
        engine?.ReleaseCores(Count);
#endif
    }
}

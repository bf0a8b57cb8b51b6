namespace TinyReorder.Web;

/// <summary>The assembly's entry point. The worker calls <see cref="Engine"/>.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}

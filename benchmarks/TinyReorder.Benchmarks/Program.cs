using TinyReorder.Benchmarks.Building;
using TinyReorder.Benchmarks.Fuzzing;
using TinyReorder.Benchmarks.Ordering;
using TinyReorder.Benchmarks.Overlapping;
using TinyReorder.Benchmarks.Placing;
using TinyReorder.Benchmarks.Running;
using TinyReorder.Diagnostics;

namespace TinyReorder.Benchmarks;

internal static class Program
{
    private const string Usage = """
        search       times the order search beside the memoised recursion of tflite-tools; prints Markdown
          --only models|zoo|networks|scaling   one group instead of all
          --seconds N             limit of a search (10)
          --baseline-seconds N    limit of the baseline (5); 0 leaves it out
          --least-operators N, --most-operators N   smallest and largest graphs of the group scaling (100, 20000)
          --family NAME           one family of the group scaling
          --models DIR            the models of the first group (TINYREORDER_MODELS, else ../shared/models beside the repository)
          --cold                  also times the first search of a new process for each case
        place [FILE.csv ...]      times the placement, of generated instances or of minimalloc's CSV files
          --capacity BYTES        asks for any placement within so many bytes instead of the lowest
          --alignment BYTES       (1)
        overlap                   the paper's networks with and without memory that operators share; prints Markdown
          --kernels NAME          whose rules (reference)
        build                     times what a TinyModel item adds to dotnet build
          --count N               builds of each project (15)
        fuzz-search               compares the order search with brute force on random graphs
          --count N               how many (1000000)
          --from SEED             the first (10000000)

        """;

    public static int Main(string[] arguments)
    {
        try
        {
            var parsed = Arguments.Parse(arguments);
            switch (parsed.Verb)
            {
                case "search": return SearchVerb.Run(parsed);
                case "search-once": return ColdRun.Answer(parsed);
                case "place": return PlaceVerb.Run(parsed);
                case "overlap": return OverlapVerb.Run(parsed);
                case "build": return BuildVerb.Run(parsed);
                case "fuzz-search": return FuzzSearchVerb.Run(parsed);
                default:
                    Console.Error.Write(Usage);
                    return 2;
            }
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or TinyReorderException)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
    }
}

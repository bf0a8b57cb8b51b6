using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Fitting;
using TinyReorder.Inputs;
using TinyReorder.Optimization;
using TinyReorder.Runtimes;

namespace TinyReorder;

/// <summary>
/// The library's door: from the bytes of a TensorFlow Lite model to the same model with its operators in the order of the lowest peak, with its arena on a
/// device. It reads and writes no files, and may be called from several threads at once.
/// </summary>
public static class Reorder
{
    private static readonly Lazy<IReadOnlyList<KnownBoard>> LazyBoards = new(() => [.. BoardCatalog.BuiltIn.Boards.Select(board => new KnownBoard(board))]);

    private static readonly Lazy<IReadOnlyList<KnownRuntime>> LazyRuntimes = new(() => [.. ReleaseCatalog.All.Select(release => new KnownRuntime(release))]);

    /// <summary>The boards that <see cref="ReorderOptions.Board"/> knows without a board file.</summary>
    public static IReadOnlyList<KnownBoard> Boards => LazyBoards.Value;

    /// <summary>The versions of libraries that <see cref="ReorderOptions.Runtime"/> knows: each library's together, the newest first.</summary>
    public static IReadOnlyList<KnownRuntime> Runtimes => LazyRuntimes.Value;

    /// <summary>Searches the order of the lowest peak, places the tensors and computes the arena.</summary>
    /// <param name="model">The bytes of the <c>.tflite</c> file, or of C or C++ source that holds them in an array. They are copied.</param>
    /// <param name="options">What to do; null for the defaults.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>
    /// The result. A board that cannot hold it is an error among its <see cref="ReorderedModel.Diagnostics"/>, not an exception.
    /// </returns>
    /// <exception cref="TinyReorderException">
    /// The model is damaged or cannot be planned (TINY2xxx, TINY3xxx), no board, runtime or kernels have the given name (TINY1003, TINY5001, TINY5002), a
    /// value is out of its range or contradicts another one (TINY5003), or a board file or profile is bad (TINY1004, TINY3005).
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of its enumeration.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static ReorderedModel Plan(ReadOnlyMemory<byte> model, ReorderOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ReorderOptions();
        BoardCatalog boards = Requests.BoardsOf(options);
        OptimizationRequest request = Requests.Of(options, boards, cancellation);
        Tflite.TfliteModel loaded = ModelInput.Load(model.ToArray(), options.ModelName);
        return new ReorderedModel(ModelOptimizer.Optimize(loaded, request), boards);
    }

    /// <summary>Asks boards whether they hold some models together (docs/fit.md). Boards that run the same are planned for once.</summary>
    /// <param name="models">
    /// The models, each as <see cref="Plan"/> takes it, with the name by which diagnostics speak of it. All of them are to lie on the board at once: their
    /// arenas add up.
    /// </param>
    /// <param name="options">
    /// How they are planned; null for the defaults. Board, sizes and core must be left out, and the name of the model is not looked at.
    /// <see cref="ReorderOptions.Advice"/> says whether other settings are looked for where the models do not fit.
    /// </param>
    /// <param name="boards">Ids or other names of the boards to ask; null for all, those of <see cref="ReorderOptions.BoardFile"/> among them.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A line for each board. That none holds the models is no exception.</returns>
    /// <exception cref="TinyReorderException">As <see cref="Plan"/>; TINY5002 where no board can run the kernels that the options name.</exception>
    /// <exception cref="ArgumentException">There are no models.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is none of its enumeration.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public static ModelFit Fit(
        IReadOnlyList<NamedFile> models, ReorderOptions? options = null, IReadOnlyList<string>? boards = null, CancellationToken cancellation = default)
    {
        if (models.Count == 0)
            throw new ArgumentException("There are no models.", nameof(models));
        options ??= new ReorderOptions();
        BoardCatalog catalog = Requests.BoardsOf(options);
        IReadOnlyList<Board> asked = Requests.BoardsToAsk(options, boards, catalog);
        OptimizationRequest request = Requests.Of(options, catalog, cancellation);
        Tflite.TfliteModel[] loaded = [.. models.Select(model => ModelInput.Load(model.Content.ToArray(), model.Name))];
        return new ModelFit(FitSurvey.Run(loaded, request, asked, options.Advice));
    }

    /// <summary>
    /// The version of a library whose sources lie in a folder: the one all of whose known files are there with the known content, whatever their line ends.
    /// </summary>
    /// <param name="readFile">The content of a file by its path below the library's root, with slashes; null where it is not there.</param>
    /// <returns>The version, whose id <see cref="ReorderOptions.Runtime"/> takes; null where none is recognised.</returns>
    public static KnownRuntime? RecognizeRuntime(Func<string, byte[]?> readFile) =>
        ReleaseCatalog.Recognise(readFile) is { } release ? new KnownRuntime(release) : null;
}

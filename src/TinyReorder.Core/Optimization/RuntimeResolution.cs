using TinyReorder.Boards;
using TinyReorder.Diagnostics;
using TinyReorder.Planning;
using TinyReorder.Runtimes;

namespace TinyReorder.Optimization;

/// <summary>Understands what a request says of runtime, library, version, kernels and ABI.</summary>
internal sealed class RuntimeResolution(OptimizationRequest request, Board? board)
{
    private readonly string? runtime = Word.Given(request.Runtime);
    private readonly string? kernels = Word.Given(request.Kernels);
    private readonly List<Diagnostic> diagnostics = [];

    /// <summary>Whether the board is one on which TensorFlow Lite Micro does not run, and nothing in the request says otherwise.</summary>
    public bool IsForBoardWithoutKernels =>
        runtime is null && kernels is null && request.Profile is null && Word.Given(request.RuntimePath) is null && board is { Kernels: Board.NoKernels };

    /// <summary>Whether an interpreter runs the model: else the arena is the plan alone.</summary>
    public bool Runs => !IsForBoardWithoutKernels && !Word.Is(runtime, ArenaResult.NoRuntime);

    /// <summary>What runs the model; without a runtime, whose kernels decide about overlap.</summary>
    /// <exception cref="TinyReorderException">A word is not one of those allowed: TINY5001, TINY5002 or TINY5003.</exception>
    public RuntimeChoice Resolve()
    {
        TargetAbi? abi = ParseAbi();
        if (request.Profile is { } own)
            return OfOwn(own, abi);
        (Release release, bool isKnown, bool isMeasured) = ResolveRelease();
        RuntimeProfile? profile = FindKernels(release);
        if (profile is null && runtime is null && Word.Given(request.RuntimePath) is null)
            (release, profile, isKnown) = ReleaseWithKernels();
        if (profile is null)
            (profile, isMeasured) = (FindKernelVersion(release) ?? KernelsOfOtherRelease(release), false);
        TargetAbi? settled = abi ?? board?.Abi ?? release.Abi;
        return new RuntimeChoice
        {
            Profile = profile with { Abi = settled ?? TargetAbi.ShortEnums },
            Release = release,
            Library = release.Name,
            IsVersionKnown = isKnown,
            IsMeasured = isMeasured && release.IsMeasured,
            IsAbiSettled = settled is not null,
            Diagnostics = diagnostics,
        };
    }

    private RuntimeChoice OfOwn(RuntimeProfile own, TargetAbi? abi)
    {
        if (kernels is not null && !own.Names.Contains(kernels, StringComparer.OrdinalIgnoreCase))
            throw Bad(DiagnosticCodes.BadOption,
                $"{request.Style.Name("Kernels")} is '{Quote.Text(kernels)}', but the profile '{Quote.Text(own.Id)}' is of "
                + $"'{Quote.Text(own.KernelLibrary)}'; leave {request.Style.Name("Kernels")} out");
        if (Runs && runtime is not null)
            LibraryOf(runtime);
        TargetAbi? settled = abi ?? own.FixedAbi ?? board?.Abi;
        return new RuntimeChoice
        {
            Profile = own with { Abi = settled ?? TargetAbi.ShortEnums },
            Release = null,
            Library = own.Library ?? own.Id,
            IsVersionKnown = true,
            IsMeasured = true,
            IsAbiSettled = settled is not null,
        };
    }

    /// <summary>The release that the request means, whether it says so itself, and whether what it says is a release that is known.</summary>
    private (Release Release, bool IsKnown, bool IsMeasured) ResolveRelease()
    {
        if (Word.Given(request.RuntimePath) is { } path)
        {
            if (ReleaseCatalog.Recognise(request.ReadRuntimeFile ?? (_ => null)) is { } recognised)
                return (recognised, true, true);
            if (runtime is null || !runtime.Contains("@"))
            {
                Warn($"{request.Style.Name("RuntimePath")} '{Quote.Text(path)}' holds no version of TensorFlow Lite Micro that is known; name the one that "
                    + $"it is nearest to, as {request.Style.Setting("Runtime", "library@version")}, or measure it with a selftest");
                return (runtime is null || Word.Is(runtime, ArenaResult.NoRuntime) ? DefaultRelease() : LibraryOf(runtime).Newest, false, false);
            }
        }
        if (runtime is null || Word.Is(runtime, ArenaResult.NoRuntime))
            return (DefaultRelease(), false, true);
        ReleaseLibrary library = LibraryOf(runtime);
        int at = runtime.IndexOf('@');
        if (at < 0)
            return (library.Newest, false, true);
        string version = runtime.Substring(at + 1);
        if (library.Find(version) is { } found)
        {
            if (!found.IsMeasured)
                Tell($"{found} was not measured");
            return (found, true, true);
        }
        string known = string.Join(", ", library.Releases.Select(release => release.Version));
        Warn($"the version '{Quote.Text(version)}' of {library.Name} is not known (known are {known}); measure it with a selftest to have the arena exact");
        return (library.Nearest(version), false, false);
    }

    private static ReleaseLibrary LibraryOf(string word)
    {
        string name = word.Split('@')[0];
        if (ReleaseCatalog.FindLibrary(name) is { } library)
            return library;
        IEnumerable<string> known = ReleaseCatalog.Libraries.SelectMany(other => other.Aliases.Append(other.Name)).Append(ArenaResult.NoRuntime);
        throw Bad(DiagnosticCodes.UnknownRuntime, $"there is no runtime '{Quote.Text(name)}'; known are: {string.Join(", ", NearestNames.Find(name, known))}");
    }

    /// <summary>What the board's ecosystem installs today, else TensorFlow Lite Micro itself.</summary>
    private Release DefaultRelease()
    {
        if (board?.Library is not { } library)
            return ReleaseCatalog.Libraries[0].Newest;
        ReleaseLibrary usual = LibraryOf(library);
        return library.Contains("@") ? usual.Find(library.Substring(library.IndexOf('@') + 1)) ?? usual.Newest : usual.Newest;
    }

    /// <summary>
    /// The profile of <paramref name="release"/> for the kernels that the request or the board names; null where the request names some that it lacks.
    /// </summary>
    private RuntimeProfile? FindKernels(Release release)
    {
        if (kernels is null)
            return (board is null or { Kernels: Board.NoKernels } ? null : release.FindKernels(board.Kernels)) ?? release.OwnKernels;
        string[] parts = kernels.Split('@');
        RuntimeProfile? found = release.FindKernels(ForCore(parts[0]));
        bool isOfVersion = parts.Length == 1 || found?.KernelVersions.Contains(parts[1], StringComparer.OrdinalIgnoreCase) == true;
        return (isOfVersion ? found : null) ?? release.FindProfile(kernels);
    }

    /// <summary>A bare family name means the variant that the board's core runs.</summary>
    private string ForCore(string family) =>
        board is not null && board.Kernels.StartsWith(family + "-", StringComparison.OrdinalIgnoreCase) ? board.Kernels : family;

    /// <summary>The first library whose newest release has the kernels, or the release whose profile they name.</summary>
    private (Release Release, RuntimeProfile Profile, bool IsKnown) ReleaseWithKernels()
    {
        foreach (Release newest in ReleaseCatalog.Libraries.Select(library => library.Newest))
        {
            if (newest.FindKernels(ForCore(kernels!.Split('@')[0])) is { } profile && (!kernels.Contains("@") || FindKernelVersion(newest) is not null))
                return (newest, profile, false);
        }
        Release? named = ReleaseCatalog.All.FirstOrDefault(release => release.Profiles.Contains(kernels!, StringComparer.OrdinalIgnoreCase));
        return named is null ? throw RuntimeProfile.NoSuchProfile(kernels!) : (named, RuntimeProfile.Find(kernels!), true);
    }

    /// <summary>
    /// Kernels of a version that they have of their own, such as <c>esp-nn@1.1.2</c>: with another interpreter than the one that they were measured with.
    /// </summary>
    private RuntimeProfile? FindKernelVersion(Release release)
    {
        string[] parts = kernels!.Split('@');
        if (parts.Length != 2)
            return null;
        BuiltInProfile[] versions = [.. BuiltInProfiles.All.Where(profile => profile.KernelVersions.Count > 0 && profile.IsOfLibrary(ForCore(parts[0])))];
        if (versions.FirstOrDefault(profile => profile.KernelVersions.Contains(parts[1], StringComparer.OrdinalIgnoreCase)) is not { } found)
        {
            string known = string.Join(", ", versions.SelectMany(profile => profile.KernelVersions).Distinct());
            throw Bad(DiagnosticCodes.UnknownKernels, "there are no kernels "
                + $"'{Quote.Text(kernels)}'{(known.Length == 0 ? "" : $"; known versions are {known}")}");
        }
        Tell($"{release} was not measured with the kernels {found.KernelLibrary}@{parts[1]}");
        return found.Profile;
    }

    /// <summary>Kernels that another release of the same library has.</summary>
    private RuntimeProfile KernelsOfOtherRelease(Release release)
    {
        ReleaseLibrary library = LibraryOf(release.Library);
        if (library.Releases.Select(other => other.FindKernels(ForCore(kernels!))).FirstOrDefault(found => found is not null) is { } profile)
        {
            Tell($"{release} was not measured with the kernels {profile.KernelLibrary}");
            return profile;
        }
        if (!BuiltInProfiles.All.Any(known => known.IsOfLibrary(kernels!)))
            throw RuntimeProfile.NoSuchProfile(kernels!);
        throw Bad(
            DiagnosticCodes.UnknownKernels,
            $"{release.Name} has no kernels '{Quote.Text(kernels!)}'; it has {string.Join(", ", release.Kernels.Select(known => known.KernelLibrary))}");
    }

    private TargetAbi? ParseAbi()
    {
        if (Word.Given(request.Abi) is not { } word)
            return null;
        return AbiWords.Choice.Parse(word, request.Style.Name("Abi"));
    }

    private const string AtMost = "the constant is the largest arena of all versions that are known";

    private void Warn(string message) => diagnostics.Add(Diagnostic.Warning(DiagnosticCodes.UnknownRuntimeVersion, $"{message}; {AtMost}"));

    private void Tell(string message) =>
        diagnostics.Add(new Diagnostic(DiagnosticCodes.UnknownRuntimeVersion, DiagnosticSeverity.Message, $"{message}; {AtMost}"));

    private static TinyReorderException Bad(string code, string message) => new(Diagnostic.Error(code, message));
}

using TinyReorder.Diagnostics;
using TinyReorder.Runtimes;

namespace TinyReorder.Planning;

/// <summary>
/// What runs the model, as far as it is known: the profile whose figures count, the release that it stands for, and what the device may have instead.
/// </summary>
internal sealed record RuntimeChoice
{
    /// <summary>The figures, in the ABI that counts.</summary>
    public required RuntimeProfile Profile { get; init; }

    /// <summary>The release; null for a profile of the user's own.</summary>
    public required Release? Release { get; init; }

    /// <summary>The library with its version, such as <c>tflm@2026-08</c>; for a profile of the user's own what that names.</summary>
    public required string Library { get; init; }

    /// <summary>Whether the user said which version it is, or its files did; else it is what one gets who installs the library today.</summary>
    public required bool IsVersionKnown { get; init; }

    /// <summary>Whether the profile is of that very version.</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>Whether the user, the board or the library settles the ABI.</summary>
    public required bool IsAbiSettled { get; init; }

    /// <summary>Whether the figures are those of the device, as far as its library is concerned.</summary>
    public bool IsCertain => IsMeasured && IsAbiSettled;

    /// <summary>What to tell about it.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>
    /// The profiles that the device may have instead: those of the other ABI, and those of other versions where the version was not measured.
    /// </summary>
    public IReadOnlyList<RuntimeProfile> Others
    {
        get
        {
            IEnumerable<TargetAbi> abis = AbiWords.All.Where(abi => !IsAbiSettled || abi == Profile.Abi);
            IEnumerable<RuntimeProfile> profiles = IsMeasured
                ? [Profile]
                : BuiltInProfiles.All.Where(profile => profile.KernelLibrary == Profile.KernelLibrary).Select(profile => profile.Profile).Append(Profile);
            return [.. profiles.SelectMany(profile => abis.Select(abi => profile with { Abi = abi, HasFullTensors = Profile.HasFullTensors })).Distinct()
                .Where(other => other != Profile)];
        }
    }

    /// <summary>How far tensors share memory where the user does not say: further where the version is known.</summary>
    public OverlapChoice DefaultOverlap => IsVersionKnown && IsMeasured ? KnownOverlap : Profile.DefaultOverlap;

    /// <summary>How far they would share it with a known version.</summary>
    public OverlapChoice KnownOverlap => Profile.KnownOverlap ?? Profile.DefaultOverlap;
}

using TinyReorder.Diagnostics;

namespace TinyReorder;

/// <summary>The words by which requests, boards and profiles name kernels.</summary>
internal static class KernelWords
{
    private static readonly Choice<KernelLibrary> All = new(
    [
        ("reference", KernelLibrary.Reference),
        ("cmsis-nn", KernelLibrary.CmsisNn),
        ("cmsis-nn-dsp", KernelLibrary.CmsisNnDsp),
        ("cmsis-nn-c", KernelLibrary.CmsisNnC),
        ("cmsis-nn-mve", KernelLibrary.CmsisNnMve),
        ("esp-nn", KernelLibrary.EspNn),
        ("esp-nn-s3", KernelLibrary.EspNnS3),
        ("esp-nn-p4", KernelLibrary.EspNnP4),
    ]);

    public static string Of(KernelLibrary kernels) => All.Of(kernels);

    /// <summary>Null for none, and for kernels that only a profile of one's own names.</summary>
    public static KernelLibrary? Find(string word) => All.Find(word);
}

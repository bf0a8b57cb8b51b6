using TinyReorder.Sizes;
using TinyReorder.Tflite;

namespace TinyReorder.Runtimes.Kernels;

/// <summary>What the custom operators of TFLM's signal library keep (signal/micro/kernels, signal/src; kissfft).</summary>
internal static class SignalFormulas
{
    private const int PointerBytes = 4;
    private const int RingElementBytes = 2 * 2;

    /// <summary>An array of as many elements as an option says, and a few more.</summary>
    public static void State(KernelContext kernel) =>
        kernel.Keep(checked((Option(kernel, "option") + kernel.Parameter("more")) * kernel.Parameter("elementBytes")));

    /// <summary>
    /// The tables of a real Fourier transform of n points: kissfft's two headers, n/2 twiddles, n/2 elements of work and n/4 twiddles more, each a complex
    /// number of the operator's type.
    /// </summary>
    public static void Fft(KernelContext kernel)
    {
        long half = Option(kernel, "option") / 2;
        long complexBytes = 2 * FftElementBytes(kernel);
        // The header ends in the first twiddle, which takes one from the rest.
        kernel.Keep(checked(kernel.Parameter("headerBytes") + (complexBytes * half) + (complexBytes * (half * 3 / 2))));
    }

    /// <summary>A work area of the transform's length; until April 2024 the kernel keeps it (<c>kept</c>).</summary>
    public static void FftWork(KernelContext kernel)
    {
        long bytes = checked(Option(kernel, "option") * FftElementBytes(kernel));
        if (kernel.Parameter("kept") != 0)
            kernel.Keep(bytes);
        else
            kernel.Scratch(bytes);
    }

    /// <summary>A ring of samples for each row of the input, and two lists of pointers to them (framer, delay).</summary>
    public static void Rings(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0);
        long inner = KernelContext.Dimension(input, -1);
        long rows = inner == 0 ? 0 : input.ElementCount / inner;
        long capacity = kernel.Parameter("rounds") != 0 ? RoundUp(Integer(kernel, 0), Integer(kernel, 1)) : checked(inner + Integer(kernel, 0));
        if (rows > kernel.Parameter("rowsMost"))
            throw new KernelMismatchException("has more rows than an interpreter allocates rings for");
        kernel.Keep(PointerBytes * rows);
        kernel.Keep(PointerBytes * rows);
        for (long i = 0; i < rows; i++)
            kernel.Keep(RingBytes(kernel, capacity));
    }

    /// <summary>A ring of as many samples as the frames that are stacked have.</summary>
    public static void Stacker(KernelContext kernel) =>
        kernel.Keep(RingBytes(kernel, checked(Integer(kernel, 0) * (Integer(kernel, 1) + Integer(kernel, 2) + 1))));

    /// <summary>The last frame of each row, and a list of pointers to them.</summary>
    public static void OverlapAdd(KernelContext kernel)
    {
        TfliteTensor input = kernel.Input(0);
        long frame = KernelContext.Dimension(input, -1), frames = KernelContext.Dimension(input, -2);
        long rows = frame * frames == 0 ? 0 : input.ElementCount / checked(frame * frames);
        if (rows > kernel.Parameter("rowsMost"))
            throw new KernelMismatchException("has more rows than an interpreter allocates frames for");
        kernel.Keep(PointerBytes * rows);
        for (long i = 0; i < rows; i++)
            kernel.Keep(checked(frame * input.Type.ElementBytes()));
    }

    private static long RingBytes(KernelContext kernel, long capacity) => checked(kernel.Parameter("ringHeaderBytes") + (RingElementBytes * capacity));

    private static long Option(KernelContext kernel, string parameter) => Integer(kernel, (int)kernel.Parameter(parameter));

    private static long Integer(KernelContext kernel, int position) => FlexBufferMap.Read(kernel.Options.CustomOptions).Integer(position);

    private static long FftElementBytes(KernelContext kernel) => Integer(kernel, 0) switch
    {
        (long)TensorType.Int16 => 2,
        (long)TensorType.Int32 or (long)TensorType.Float32 => 4,
        _ => throw new KernelMismatchException("transforms a type that the library does not have"),
    };

    private static long RoundUp(long value, long multiple) =>
        multiple > 0 ? Rounding.Up(value, multiple) : throw new KernelMismatchException("has a step below 1");
}

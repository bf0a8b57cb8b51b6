namespace TinyReorder.Runtimes.Kernels;

/// <summary>Scratch of the custom operator TFLite_Detection_PostProcess (micro/kernels/detection_postprocess.cc).</summary>
internal static class DetectionFormulas
{
    private const int WordBytes = 4;
    private const int BoxWords = 4;

    public static void Detection(KernelContext kernel)
    {
        var options = FlexBufferMap.Read(kernel.Options.CustomOptions);
        long detections = options.Integer("max_detections"), classes = options.Integer("num_classes");
        long boxes = KernelContext.Dimension(kernel.Input(0), 1);
        long scores = checked(KernelContext.Dimension(kernel.Input(1), 1) * KernelContext.Dimension(kernel.Input(1), 2));
        checked
        {
            kernel.Scratch(boxes);
            kernel.Scratch(WordBytes * BoxWords * boxes);
            kernel.Scratch(WordBytes * scores);
            kernel.Scratch(WordBytes * boxes);
            kernel.Scratch(WordBytes * boxes);
            kernel.Scratch(WordBytes * detections * boxes);
            kernel.Scratch(WordBytes * detections * boxes);
            kernel.Scratch(WordBytes * boxes);
            kernel.Scratch(WordBytes * detections * boxes);
            kernel.Scratch(WordBytes * Math.Max(classes, detections) * boxes);
            kernel.Scratch(WordBytes * Math.Min(boxes, detections) * boxes);
        }
    }
}

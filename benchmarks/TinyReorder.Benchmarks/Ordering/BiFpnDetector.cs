using TinyReorder.Graphs;

namespace TinyReorder.Benchmarks.Ordering;

/// <summary>
/// The part of EfficientDet (Tan et al. 2020) behind its backbone: features of five scales, fused from the top down and from the bottom up in every layer,
/// then two heads of three separable convolutions at each scale. Image of 512 x 512, 64 channels, int8; fusion is one ADD for each further input.
/// </summary>
internal static class BiFpnDetector
{
    private const int Scales = 5, HeadDepth = 3;
    private const long LargestScaleBytes = 64 * 64 * 64;

    public static Graph Create(int layers)
    {
        var builder = new GraphBuilder();
        int[] features = Enumerable.Range(0, Scales).Select(scale => builder.AddTensor(BytesAt(scale))).ToArray();
        for (int layer = 0; layer < layers; layer++)
        {
            int[] down = [.. features];
            for (int scale = Scales - 2; scale >= 0; scale--)
                down[scale] = Fuse(scale, features[scale], Add("RESIZE_NEAREST_NEIGHBOR", BytesAt(scale), down[scale + 1]));
            int[] up = [.. down];
            for (int scale = 1; scale < Scales; scale++)
            {
                int smaller = Add("MAX_POOL_2D", BytesAt(scale), up[scale - 1]);
                up[scale] = scale == Scales - 1
                    ? Fuse(scale, features[scale], smaller) : Fuse(scale, Add("ADD", BytesAt(scale), features[scale], down[scale]), smaller);
            }
            features = up;
        }
        foreach (long channels in new long[] { 9 * 4, 9 * 90 })
        {
            for (int scale = 0; scale < Scales; scale++)
            {
                int head = features[scale];
                for (int i = 0; i < HeadDepth; i++)
                    head = Separable(scale, head);
                int output = builder.AddTensor(BytesAt(scale) / 64 * channels, isOutput: true);
                builder.AddOperator("CONV_2D", [head], [output]);
            }
        }
        return builder.Build();

        int Fuse(int scale, int left, int right) => Separable(scale, Add("ADD", BytesAt(scale), left, right));

        int Separable(int scale, int input) => Add("CONV_2D", BytesAt(scale), Add("DEPTHWISE_CONV_2D", BytesAt(scale), input));

        int Add(string kind, long bytes, params int[] inputs)
        {
            int output = builder.AddTensor(bytes);
            builder.AddOperator(kind, inputs, [output]);
            return output;
        }
    }

    private static long BytesAt(int scale) => LargestScaleBytes >> (2 * scale);
}

namespace TinyReorder.Tests.Shared;

/// <summary>How a random graph is wired.</summary>
public enum GraphFamily
{
    /// <summary>One operator after the other.</summary>
    Chain,

    /// <summary>Any directed acyclic graph, operators with 0 to 3 outputs and 0 to 4 inputs, inputs that nobody reads.</summary>
    Arbitrary,

    /// <summary>Two-terminal series-parallel: an edge is replaced by two in a row or two side by side, over and over.</summary>
    SeriesParallel,

    /// <summary>Layers of random width, each operator reads one to three tensors of the two layers before.</summary>
    Layered,

    /// <summary>Parallel chains between a fork and a join whose sizes rise and fall: which branch goes on first has to change in mid-branch.</summary>
    HillsAndValleys,

    /// <summary>Cells of five additions of two separable convolutions each, which read the two cells before (Zoph et al. 2018).</summary>
    NasNet,

    /// <summary>Stages wired as Watts-Strogatz small worlds (Xie et al. 2019).</summary>
    RandWire,

    /// <summary>Encoder and decoder with skip connections at every scale (Ronneberger et al. 2015).</summary>
    UNet,

    /// <summary>Attention with several heads side by side, and a feed-forward part, both with residuals (Vaswani et al. 2017).</summary>
    Transformer,

    /// <summary>Parallel resolutions that exchange sums after every stage (Wang et al. 2020).</summary>
    HRNet,

    /// <summary>Feature pyramids fused top-down and bottom-up, layer after layer (Tan et al. 2020).</summary>
    BiFpn,

    /// <summary>Blocks in which each layer reads the concatenation of all before it (Huang et al. 2017).</summary>
    DenseNet,
}

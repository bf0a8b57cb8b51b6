namespace TinyReorder.Work;

/// <summary>What an estimate counts.</summary>
internal enum WorkMeasure
{
    /// <summary>Instructions of the processor core that the rates were measured on.</summary>
    Instructions,

    /// <summary>Multiplications with addition, for kernel libraries that nothing was measured for.</summary>
    Macs,
}

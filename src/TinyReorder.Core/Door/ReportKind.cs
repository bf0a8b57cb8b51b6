namespace TinyReorder;

/// <summary>The forms of the memory map. Their fields and columns are a contract (docs/memory-map.md).</summary>
public enum ReportKind
{
    /// <summary>One JSON object.</summary>
    Json,

    /// <summary>A page that needs no other file.</summary>
    Html,

    /// <summary>One picture.</summary>
    Svg,

    /// <summary>CSV with a row for each step of each order.</summary>
    StepsCsv,

    /// <summary>CSV with a row for each tensor.</summary>
    TensorsCsv,
}

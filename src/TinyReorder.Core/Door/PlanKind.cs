namespace TinyReorder;

/// <summary>Who places the tensors in the arena.</summary>
public enum PlanKind
{
    /// <summary>Whichever needs the smaller arena; the device where both need the same. Results name what was taken instead.</summary>
    Auto,

    /// <summary>This library: the model carries the offsets as metadata.</summary>
    Offline,

    /// <summary>The interpreter's own planner.</summary>
    Device,

    /// <summary>The offline plan that the file came with, followed as it is. It is found, and cannot be asked for.</summary>
    Own,
}

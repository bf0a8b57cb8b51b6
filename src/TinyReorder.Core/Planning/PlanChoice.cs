namespace TinyReorder.Planning;

/// <summary>Who places the tensors in the arena.</summary>
internal enum PlanChoice
{
    /// <summary>Whichever needs the smaller arena; the device where both need the same.</summary>
    Auto,

    /// <summary>Our own placement, written into the model's metadata.</summary>
    Offline,

    /// <summary>The interpreter's own planner.</summary>
    Device,

    /// <summary>The offline plan that the file carries, followed as it is. It is found, never asked for.</summary>
    Own,
}

namespace TinyReorder.Web.Messages;

/// <summary>A file that the page hands to its user.</summary>
internal enum FileKind
{
    /// <summary>The C header.</summary>
    Header,

    /// <summary>The C source with the model.</summary>
    Source,

    /// <summary>The C++ header that registers the operators.</summary>
    OpResolver,

    /// <summary>The reordered model.</summary>
    Model,

    /// <summary>The memory map as a page.</summary>
    Report,

    /// <summary>The memory map as JSON.</summary>
    Json,
}

namespace TinyReorder.Diagnostics;

/// <summary>
/// Every code that this project reports: 1xxx the board, 2xxx a bad file, 3xxx what the runtime refuses or does not know,
/// 4xxx the quality of an order or a plan, 5xxx the project and its usage, 6xxx what a device shows. Each has a page in docs/diagnostics.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>The arena and the reserved bytes exceed the board's SRAM.</summary>
    public const string ArenaExceedsSram = "TINY1001";

    /// <summary>The model and the reserved bytes exceed the board's flash.</summary>
    public const string ModelExceedsFlash = "TINY1002";

    /// <summary>No board has that name.</summary>
    public const string UnknownBoard = "TINY1003";

    /// <summary>A board file cannot be read as one.</summary>
    public const string BadBoardFile = "TINY1004";

    /// <summary>The board has no kernel library of TensorFlow Lite Micro; the arena is the plan alone.</summary>
    public const string BoardWithoutKernels = "TINY1005";

    /// <summary>Buffers do not fit into the capacity that was given for them.</summary>
    public const string ExceedsCapacity = "TINY1006";

    /// <summary>Each model of a project fits its board, but their arenas together do not.</summary>
    public const string ArenasExceedSram = "TINY1007";

    /// <summary>Each model of a project fits its board, but all together exceed its flash.</summary>
    public const string ModelsExceedFlash = "TINY1008";

    /// <summary>A model takes more than a budget or another model, beyond the tolerance; or no budget says what it may take.</summary>
    public const string ExceedsBudget = "TINY1009";

    /// <summary>The file of a budget cannot be read as one, or is not there.</summary>
    public const string BadBudgetFile = "TINY1010";

    /// <summary>The board has no memory of that name.</summary>
    public const string UnknownRegion = "TINY1011";

    /// <summary>The file is not a TensorFlow Lite model.</summary>
    public const string NotAModel = "TINY2001";

    /// <summary>The file is truncated or an offset in it points outside of it.</summary>
    public const string CorruptFile = "TINY2002";

    /// <summary>The model has no subgraph.</summary>
    public const string NoSubgraphs = "TINY2003";

    /// <summary>An index of a tensor, buffer, operator code or subgraph is out of range.</summary>
    public const string IndexOutOfRange = "TINY2004";

    /// <summary>The operators do not stand in an order in which they could run.</summary>
    public const string NotTopological = "TINY2005";

    /// <summary>A tensor is written more than once, or by an operator that reads it, or is an input that is written.</summary>
    public const string TensorWrittenTwice = "TINY2006";

    /// <summary>A tensor's shape has a negative dimension.</summary>
    public const string DynamicShape = "TINY2007";

    /// <summary>A tensor has a type without a fixed size: it counts nothing, or is too new to be known.</summary>
    public const string UnsizedTensor = "TINY2008";

    /// <summary>A tensor, or the sum of all, is larger than an interpreter can address.</summary>
    public const string SizeOverflow = "TINY2009";

    /// <summary>The file cannot be read from the disk.</summary>
    public const string CannotRead = "TINY2010";

    /// <summary>Metadata of the model contradicts its operators.</summary>
    public const string BadMetadata = "TINY2011";

    /// <summary>A file of buffers to place cannot be read as one.</summary>
    public const string BadBufferFile = "TINY2012";

    /// <summary>An input was converted with dimensions left open, which count as 1.</summary>
    public const string OpenInputShape = "TINY2013";

    /// <summary>An array of C source that holds a model cannot be read, or several arrays hold one.</summary>
    public const string BadModelArray = "TINY2014";

    /// <summary>The runtime profile does not know an operator; the arena is an upper bound.</summary>
    public const string UnknownOperator = "TINY3001";

    /// <summary>The scratch of a kernel is only known as an upper bound.</summary>
    public const string ScratchUpperBound = "TINY3002";

    /// <summary>The model carries an offline plan of its own.</summary>
    public const string ExistingOfflinePlan = "TINY3003";

    /// <summary>The interpreter refuses an operator, a type or a shape of the model at run time.</summary>
    public const string RuntimeRefuses = "TINY3004";

    /// <summary>A profile file cannot be read as one.</summary>
    public const string BadProfileFile = "TINY3005";

    /// <summary>An operator asks for a newer version of its kernel than any that is known.</summary>
    public const string NewerOperatorVersion = "TINY3006";

    /// <summary>The version of the interpreter's library is not known, or was not measured.</summary>
    public const string UnknownRuntimeVersion = "TINY3007";

    /// <summary>The order is the best one found, not proven to be the best one there is.</summary>
    public const string OrderNotProven = "TINY4001";

    /// <summary>The placement is the best one found, above the lower bound.</summary>
    public const string PlacementGap = "TINY4002";

    /// <summary>The verifier rejects a plan: nothing is written, and it is a defect of this project.</summary>
    public const string PlanRejected = "TINY4003";

    /// <summary>Overlap was asked for, but nothing shows it to be safe on the kernel library.</summary>
    public const string NoOverlapEvidence = "TINY4004";

    /// <summary>Subgraph 0 never calls a subgraph, whose tensors therefore lie on those of others.</summary>
    public const string UncalledSubgraph = "TINY4005";

    /// <summary>No runtime has that name.</summary>
    public const string UnknownRuntime = "TINY5001";

    /// <summary>No kernel library has that name.</summary>
    public const string UnknownKernels = "TINY5002";

    /// <summary>A metadata value or option is not one of those allowed.</summary>
    public const string BadOption = "TINY5003";

    /// <summary>Two models would generate the same files or the same identifiers.</summary>
    public const string SymbolCollision = "TINY5004";

    /// <summary>A template cannot be read or rendered.</summary>
    public const string BadTemplate = "TINY5005";

    /// <summary>An output cannot be written.</summary>
    public const string CannotWrite = "TINY5006";

    /// <summary>A log of a selftest cannot be read as one.</summary>
    public const string BadSelfTestLog = "TINY6001";

    /// <summary>The generated model answers otherwise on the device than the original, or the selftest did not come to its end.</summary>
    public const string SelfTestFailed = "TINY6002";

    /// <summary>The device needs another arena than was computed.</summary>
    public const string ArenaDiffers = "TINY6003";

    /// <summary>Another profile of that name is kept already.</summary>
    public const string ProfileExists = "TINY6004";

    /// <summary>Something happened that should not: a defect of this project.</summary>
    public const string Defect = "TINY5008";

    /// <summary>Another project writes the same file with another content.</summary>
    public const string OutputOfAnother = "TINY5009";

    /// <summary>In an output's place lies a file that this project did not write.</summary>
    public const string ForeignFile = "TINY5010";

    /// <summary>Another build writes the same outputs at the same time.</summary>
    public const string OutputsBusy = "TINY5011";

    /// <summary>Inputs that are to be kept cost memory, or no plan keeps them.</summary>
    public const string KeptInputs = "TINY5012";

    /// <summary>An item has metadata that mean nothing and are nearly the name of some that do.</summary>
    public const string UnknownMetadata = "TINY5013";

    /// <summary>A template is one of Handlebars, which is not rendered any more.</summary>
    public const string OldTemplate = "TINY5014";

    /// <summary>All of them, in ascending order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ArenaExceedsSram, ModelExceedsFlash, UnknownBoard, BadBoardFile, BoardWithoutKernels, ExceedsCapacity, ArenasExceedSram, ModelsExceedFlash,
        ExceedsBudget, BadBudgetFile, UnknownRegion,
        NotAModel, CorruptFile, NoSubgraphs, IndexOutOfRange, NotTopological, TensorWrittenTwice, DynamicShape, UnsizedTensor, SizeOverflow,
        CannotRead, BadMetadata, BadBufferFile, OpenInputShape, BadModelArray, UnknownOperator, ScratchUpperBound, ExistingOfflinePlan, RuntimeRefuses,
        BadProfileFile, NewerOperatorVersion, UnknownRuntimeVersion, OrderNotProven, PlacementGap, PlanRejected, NoOverlapEvidence, UncalledSubgraph,
        UnknownRuntime, UnknownKernels, BadOption, SymbolCollision, BadTemplate, CannotWrite, Defect, OutputOfAnother, ForeignFile, OutputsBusy,
        KeptInputs, UnknownMetadata, OldTemplate, BadSelfTestLog, SelfTestFailed, ArenaDiffers, ProfileExists,
    ];
}

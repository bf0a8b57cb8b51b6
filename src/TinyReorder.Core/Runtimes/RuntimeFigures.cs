namespace TinyReorder.Runtimes;

/// <summary>The figures of a profile for one ABI.</summary>
/// <param name="Allocator">Sizes of the interpreter's own objects.</param>
/// <param name="Unknown">What is allowed for operators that the profile does not know.</param>
/// <param name="Operators">What each kind of operator takes.</param>
internal sealed record RuntimeFigures(AllocatorSizes Allocator, UnknownOperatorAllowance Unknown, IReadOnlyDictionary<string, OperatorProfile> Operators);

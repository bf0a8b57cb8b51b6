namespace TinyReorder.Tflite.Editing;

/// <summary>The slots of the tables that an editor writes (schema.fbs of tflite-micro).</summary>
internal static class Schema
{
    internal static class Root
    {
        public const int Version = 0, OperatorCodes = 1, Subgraphs = 2, Buffers = 4, Metadata = 6, Signatures = 7, KnownSlots = 10;
    }

    internal static class OperatorCode
    {
        public const int OldCode = 0, CustomCode = 1, Version = 2, Code = 3, KnownSlots = 4;

        /// <summary>The largest code that the older field of one byte takes; it holds this where the code is larger.</summary>
        public const int LargestOldCode = 127;
    }

    internal static class Subgraph
    {
        public const int Tensors = 0, Inputs = 1, Outputs = 2, Operators = 3, Name = 4, DebugMetadata = 5, KnownSlots = 6;
    }

    internal static class Tensor
    {
        public const int Shape = 0, Type = 1, Buffer = 2, Name = 3, Quantization = 4, KnownSlots = 11;
    }

    internal static class Operator
    {
        public const int Code = 0, Inputs = 1, Outputs = 2, OptionsType = 3, Options = 4, OptionsType2 = 11, KnownSlots = 14;

        /// <summary>Custom options, what it mutates, its intermediate tensors, and options of newer operators: what goes with the options.</summary>
        public static readonly int[] Copied = [5, 7, 8, 12];
    }

    internal static class Buffer
    {
        public const int Data = 0, KnownSlots = 3;
    }

    internal static class Metadata
    {
        public const int Name = 0, Buffer = 1, KnownSlots = 2;
    }

    internal static class Signature
    {
        public const int Inputs = 0, Outputs = 1, Key = 2, Subgraph = 4, KnownSlots = 5;
    }

    internal static class SignatureTensor
    {
        public const int Name = 0, Tensor = 1, KnownSlots = 2;
    }
}

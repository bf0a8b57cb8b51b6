namespace TinyReorder.Tests.Shared;

/// <summary>Bytes that stand behind the flatbuffer and are named by an absolute offset.</summary>
internal sealed record OutsideData(byte[] Bytes);

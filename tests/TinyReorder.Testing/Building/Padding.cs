namespace TinyReorder.Tests.Shared;

/// <summary>The schema's Padding.</summary>
public enum Padding
{
    Same = 0,
    Valid = 1,
}

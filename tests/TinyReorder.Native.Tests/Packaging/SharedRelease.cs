namespace TinyReorder.Native.Tests.Packaging;

/// <summary>Tests that share the packages of one release, which takes a minute to compile.</summary>
[CollectionDefinition(Name)]
public sealed class SharedRelease : ICollectionFixture<ReleaseFiles>
{
    public const string Name = "release";
}

namespace TinyReorder.Tests.Harness;

/// <summary>What the generated projects are built on.</summary>
public static class Sdk
{
    public const string NoTargets = "Microsoft.Build.NoTargets/3.7.0";

    public const string Net = "Microsoft.NET.Sdk";

    /// <summary>The one whose reference assemblies come with the SDK, so that nothing needs to be downloaded for it.</summary>
    public const string Framework = "net10.0";
}

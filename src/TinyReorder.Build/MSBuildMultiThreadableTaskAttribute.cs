#pragma warning disable IDE0130 // MSBuild looks for it by this name
namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild that a task may run beside others in one process: it uses no current directory, environment, console or mutable static. MSBuild goes by
/// the name, which the versions that we compile against do not have yet.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;

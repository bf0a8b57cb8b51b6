using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace TinyReorder.Tests.Harness;

/// <summary>
/// The MSBuild of the installed SDK, for evaluation in process and to read its own binary logs. Has to be found before any type of MSBuild is loaded.
/// </summary>
internal static class InstalledMSBuild
{
#pragma warning disable CA2255 // a test assembly is where a module initializer may decide what is loaded
    [ModuleInitializer]
    internal static void Register() => MSBuildLocator.RegisterDefaults();
#pragma warning restore CA2255
}

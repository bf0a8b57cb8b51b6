using System.Reflection;
using System.Runtime.Loader;

namespace TinyReorder.CompareBuilds.Running;

/// <summary>Loads a build with the libraries that lie beside it, whichever this program has.</summary>
internal sealed class BuildLoadContext(string assembly) : AssemblyLoadContext("build")
{
    private readonly AssemblyDependencyResolver resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
}

#if NETFRAMEWORK
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TinyReorder.Build
{
    /// <summary>
    /// Lets the assemblies of the package find each other under MSBuild.exe. They ask for the versions that they were compiled with, which are often older
    /// than those that lie beside them, and a task cannot bring the binding redirects that programs have.
    /// </summary>
    internal static class AssembliesBeside
    {
        private const string ValueTuples = "System.ValueTuple";

#pragma warning disable CA2255 // nothing of the task may run before it
        [ModuleInitializer]
#pragma warning restore CA2255
        internal static void Register() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(request);

        private static Assembly? Find(ResolveEventArgs request)
        {
            string folder = Path.GetDirectoryName(typeof(AssembliesBeside).Assembly.Location);
            // What other tasks ask for is not ours to answer.
            if (request.RequestingAssembly is not { IsDynamic: false } asking
                || !string.Equals(Path.GetDirectoryName(asking.Location), folder, StringComparison.OrdinalIgnoreCase))
                return null;
            var wanted = new AssemblyName(request.Name);
            // Part of the framework since 4.7.1, under another version.
            if (wanted.Name == ValueTuples)
                return typeof(ValueTuple<int, int>).Assembly;
            string path = Path.Combine(folder, wanted.Name + ".dll");
            if (!File.Exists(path))
                return null;
            var found = AssemblyName.GetAssemblyName(path);
            return found.Version >= wanted.Version && found.GetPublicKeyToken().SequenceEqual(wanted.GetPublicKeyToken()) ? Assembly.LoadFrom(path) : null;
        }
    }
}

#pragma warning disable IDE0130 // the compiler looks for this type by its full name
namespace System.Runtime.CompilerServices
{
    [AttributeUsage(AttributeTargets.Method, Inherited = false)]
    internal sealed class ModuleInitializerAttribute : Attribute;
}
#endif

using TinyReorder.Runtimes.Resolvers;

namespace TinyReorder.CodeGeneration;

/// <summary>An operator that a resolver has to know.</summary>
/// <param name="Kind">The name of the built-in operator, or the custom code.</param>
/// <param name="IsCustom">Whether it is a custom operator; one without a code, which no interpreter takes, is none.</param>
/// <param name="Method">The method that registers it, or null.</param>
internal sealed record ResolverOperator(string Kind, bool IsCustom, ResolverMethod? Method)
{
    /// <summary>Whether the program has to bring the registration of a custom operator of its own.</summary>
    public bool NeedsRegistration => IsCustom && Method is null;

    /// <summary>Whether there is a way to register it.</summary>
    public bool IsRegistered => Method is not null || IsCustom;
}

namespace TinyReorder.Tests.Shared;

/// <summary>Resource variables by their names; they lie outside of the arena.</summary>
internal sealed class VariableStore
{
    private readonly List<string> names = [];
    private readonly Dictionary<int, byte[]> values = [];

    /// <summary>The number of the variable of this name.</summary>
    public int NumberOf(string name)
    {
        if (!names.Contains(name))
            names.Add(name);
        return names.IndexOf(name);
    }

    /// <summary>The bytes of a variable; null before anything was assigned to it.</summary>
    public byte[]? Find(int number) => values.GetValueOrDefault(number);

    public void Assign(int number, byte[] value) => values[number] = value;
}

namespace TinyReorder.Inputs;

/// <summary>What a file is that is no model, and what to do with it.</summary>
/// <param name="Is">What it is, as a sentence without its end.</param>
/// <param name="Cure">What to do.</param>
internal sealed record FileKind(string Is, string Cure)
{
    /// <summary>The message of the diagnostic.</summary>
    public string Message => $"this is not a TensorFlow Lite model: {Is}; {Cure}";
}

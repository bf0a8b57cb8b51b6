namespace TinyReorder.Diagnostics;

/// <summary>The words of one choice: what a user may write, what is written in answers, and the one wording for a word that is none of them.</summary>
/// <typeparam name="T">What a word stands for.</typeparam>
internal sealed class Choice<T>
    where T : struct
{
    private readonly (string Word, T Value)[] written;
    private readonly int accepted;

    /// <param name="choices">What a user may write; the first is what holds where he writes nothing.</param>
    /// <param name="answers">What is only written in answers.</param>
    internal Choice((string Word, T Value)[] choices, (string Word, T Value)[]? answers = null)
    {
        accepted = choices.Length;
        written = [.. choices, .. answers ?? []];
        Words = [.. choices.Select(choice => choice.Word)];
    }

    /// <summary>The words that a user may write, in any case.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The word for <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has none.</exception>
    public string Of(T value)
    {
        int found = Array.FindIndex(written, choice => EqualityComparer<T>.Default.Equals(choice.Value, value));
        return found >= 0 ? written[found].Word : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>What <paramref name="word"/> stands for, or null.</summary>
    public T? Find(string word)
    {
        int found = Array.FindIndex(written, 0, accepted, choice => string.Equals(choice.Word, word.Trim(), StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? written[found].Value : null;
    }

    /// <summary>What <paramref name="word"/> stands for; the first choice where it is null or empty.</summary>
    /// <param name="word">The user's word.</param>
    /// <param name="option">What the option is called where the user writes.</param>
    /// <param name="byDefault">What holds where he writes nothing, if not the first.</param>
    /// <exception cref="TinyReorderException">TINY5003: it is none of the words.</exception>
    public T Parse(string? word, string option, T? byDefault = null)
    {
        if (string.IsNullOrWhiteSpace(word))
            return byDefault ?? written[0].Value;
        return Find(word!) ?? throw new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadOption, Refusal(word!, option)));
    }

    /// <summary>The wording for a word that is none of them.</summary>
    public string Refusal(string word, string option) => $"{option} is '{Quote.Text(word.Trim())}', but must be one of: {string.Join(", ", Words)}";
}

namespace TinyReorder.Inputs;

/// <summary>What a token of C source is, as far as arrays of numbers need it.</summary>
internal enum CTokenKind
{
    /// <summary>There is no more.</summary>
    End,

    /// <summary>A word: a name, a keyword or a macro.</summary>
    Word,

    /// <summary>What begins like a number.</summary>
    Number,

    /// <summary>A string or a character in quotes.</summary>
    Quoted,

    /// <summary>One sign of punctuation.</summary>
    Sign,
}

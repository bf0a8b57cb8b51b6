using System.CommandLine;
using TinyReorder.Cli.Consoles;
using TinyReorder.Cli.Files;

namespace TinyReorder.Cli.Commands;

/// <summary>Makes the options and arguments that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The name of the option that chooses between text and JSON.</summary>
    public const string FormatName = "--format";

    /// <summary>The name of the argument that is the model's path.</summary>
    public const string ModelName = "MODEL";

    /// <summary>The word of <c>--format</c> for JSON.</summary>
    public const string Json = "json";

    /// <summary>The word of <c>--format</c> for Markdown.</summary>
    public const string Markdown = "markdown";

    private const string Text = "text";

    /// <summary>The path of the model.</summary>
    public static Argument<string> Model() => new(ModelName) { Description = "The .tflite file, or C source that holds its bytes in an array." };

    /// <summary>The format of standard output.</summary>
    public static Option<string> Format(bool hasMarkdown = false)
    {
        Option<string> option = Choice(FormatName, hasMarkdown ? [Text, Json, Markdown] : [Text, Json], "The form of standard output.");
        option.DefaultValueFactory = _ => Text;
        return option;
    }

    /// <summary>The form of diagnostics; <see cref="DiagnosticForm"/> reads it.</summary>
    public static Option<string> Diagnostics()
    {
        Option<string> option = Choice(DiagnosticForm.OptionName, DiagnosticForm.Words,
            "The form of errors and warnings: 'FILE : error CODE: text', or 'FILE:1:1: error: text [CODE]'.");
        option.DefaultValueFactory = _ => DiagnosticForm.Words[0];
        return option;
    }

    /// <summary>Diagnostics as commands to a build server; <see cref="DiagnosticForm"/> reads it.</summary>
    public static Option<string> Annotations() => Choice(DiagnosticForm.AnnotationsName, DiagnosticForm.AnnotationWords,
        "Writes errors and warnings as the commands by which a build server shows them beside the file, instead of lines.");

    /// <summary>The file for diagnostics in SARIF; <see cref="SarifFile"/> reads it.</summary>
    public static Option<string?> Sarif() => Value(SarifFile.OptionName, "FILE", "Also writes errors and warnings to this file, in SARIF 2.1.0.");

    /// <summary>The file with boards of the user's own.</summary>
    public static Option<string?> BoardFile() => new("--board-file")
    {
        Description = "A JSON file with boards of your own, beside the built-in ones.",
        HelpName = "FILE",
    };

    /// <summary>An option with a value that is taken as it is written.</summary>
    public static Option<string?> Value(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
    };

    /// <summary>An argument that is one of some words, in any case.</summary>
    public static Argument<string> ChoiceArgument(string what, IReadOnlyList<string> words)
    {
        var argument = new Argument<string>(what) { Description = $"The {what}.", HelpName = string.Join('|', words) };
        argument.CompletionSources.Add([.. words]);
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                result.AddError($"the {what} is '{token.Value}', but must be one of: {string.Join(", ", words)}");
        });
        return argument;
    }

    /// <summary>An option whose value is one of some words, in any case.</summary>
    public static Option<string> Choice(string name, IReadOnlyList<string> words, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words) };
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                result.AddError($"{name} is '{token.Value}', but must be one of: {string.Join(", ", words)}");
        });
        return option;
    }
}

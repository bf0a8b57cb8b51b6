using System.Diagnostics.CodeAnalysis;
using Scriban;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;
using TinyReorder.Diagnostics;

namespace TinyReorder.CodeGeneration;

/// <summary>
/// One run of a template: the engine's own limits and ours, which end every template soon and in little memory. Nothing of it depends on the clock but the
/// time-out of a regular expression.
/// </summary>
internal sealed class TemplateRun : TemplateContext
{
    /// <summary>How much a template may render, the model's bytes aside; the engine counts what is captured too.</summary>
    public const int MaxCharacters = 4 << 20;

    /// <summary>How long a text may be that a template makes in an expression: each step handles at most a few of them.</summary>
    public const int MaxTextCharacters = 1 << 16;

    /// <summary>
    /// How many steps a run may take: the loop limit of the engine begins anew with each loop, and functions that call themselves twice take for ever below
    /// its depth limit.
    /// </summary>
    public const int MaxSteps = 250_000;

    /// <summary>How often loops may run, those inside of a loop included.</summary>
    public const int MaxLoopRuns = 1000;

    private static readonly TimeSpan MostRegexTime = TimeSpan.FromSeconds(1);

    // No include, no date or time, nothing that is evaluated or random, nothing that reflects over types.
    private static readonly string[] BuiltInNames = ["array", "blank", "empty", "html", "math", "object", "regex", "string"];
    private static readonly (string Group, string Name)[] LeftOut =
        [("math", "random"), ("math", "uuid"), ("object", "eval"), ("object", "eval_template"), ("object", "from_json"), ("object", "to_json")];

    private int steps;

    /// <summary>A run with these variables; unknown ones are errors.</summary>
    public TemplateRun(ScriptObject variables)
        : base(BuiltIns())
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        AutoIndent = false;
        NewLine = "\n";
        LoopLimit = MaxLoopRuns;
        RecursiveLimit = 100;
        RegexTimeOut = MostRegexTime;
        LimitToString = MaxTextCharacters;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OutputLimit = MaxCharacters;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        TryGetVariable = (_, span, variable, out value) =>
            throw new ScriptRuntimeException(span, $"there is no variable {variable.Name}{Nearest(variable.Name, variables)}");
        PushGlobal(variables);
    }

    /// <inheritdoc/>
    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        if (++steps > MaxSteps)
            throw new ScriptRuntimeException(scriptNode?.Span ?? default, $"takes more than {Quantity.Count(MaxSteps)} steps");
        return base.Evaluate(scriptNode, aliasReturnedFunction);
    }

    private static string Nearest(string name, ScriptObject variables)
    {
        IReadOnlyList<string> nearest = [.. NearestNames.Find(name, variables.Keys, most: 3)];
        return nearest.Count == 0 ? "" : "; nearest: " + string.Join(", ", nearest);
    }

    // The engine finds these by their names alone, so that a trimmed or native program would lack them.
    [DynamicDependency(nameof(ObjectFunctions.HasKey), typeof(ObjectFunctions))]
    [DynamicDependency(nameof(ObjectFunctions.HasValue), typeof(ObjectFunctions))]
    [DynamicDependency(nameof(StringFunctions.IndexOf), typeof(StringFunctions))]
    [DynamicDependency(nameof(StringFunctions.Slice), typeof(StringFunctions))]
    private static ScriptObject BuiltIns()
    {
        ScriptObject all = GetDefaultBuiltinObject();
        foreach (string name in all.Keys.Except(BuiltInNames, StringComparer.Ordinal).ToArray())
            all.Remove(name);
        foreach ((string group, string name) in LeftOut)
            ((ScriptObject)all[group]!).Remove(name);
        return all;
    }
}

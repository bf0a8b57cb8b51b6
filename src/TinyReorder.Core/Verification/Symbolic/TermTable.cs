using System.Globalization;
using TinyReorder.Tflite;

namespace TinyReorder.Verification.Symbolic;

/// <summary>
/// What a tensor or a row of one holds, as a number: two numbers are equal exactly when they stand for the same arithmetic on the same inputs. Rows of a whole
/// and a whole of rows are told in one way only, so that a tensor that was made row by row equals the one that was made at once.
/// </summary>
internal sealed class TermTable
{
    private readonly Dictionary<string, int> terms = new(StringComparer.Ordinal);
    private readonly Dictionary<int, (int Axis, int[] Rows)> joined = [];
    private readonly Dictionary<int, (int Whole, int Axis, int Rows, int Row)> rowsOf = [];
    private readonly Dictionary<int, int[]> numbers = [];
    private readonly HashSet<int> paddings = [];

    /// <summary>The term of a text, which has to name the arithmetic and the terms that it works on.</summary>
    public int Of(string text)
    {
        if (!terms.TryGetValue(text, out int term))
            terms[text] = term = terms.Count;
        return term;
    }

    /// <summary>The term of <paramref name="head"/> on others.</summary>
    public int Of(string head, IEnumerable<int> parts) => Of($"{head}({string.Join(",", parts)})");

    /// <summary>What nobody knows: equal to nothing.</summary>
    public int Unknown() => Of($"unknown {terms.Count}");

    /// <summary>What a tensor without elements holds.</summary>
    public int Nothing => Of("nothing");

    /// <summary>Row <paramref name="row"/> of <paramref name="rows"/> along an axis.</summary>
    public int Row(int whole, int axis, int rows, int row)
    {
        if (rows == 1 || paddings.Contains(whole))
            return whole;
        if (joined.TryGetValue(whole, out (int Axis, int[] Rows) parts) && parts.Axis == axis && parts.Rows.Length == rows)
            return parts.Rows[row];
        int term = Of($"row {axis} {rows} {row} of {whole}");
        rowsOf[term] = (whole, axis, rows, row);
        return term;
    }

    /// <summary>The whole of these rows along an axis.</summary>
    public int Join(int axis, int[] rows)
    {
        if (rows.Length == 1)
            return rows[0];
        if (rowsOf.TryGetValue(rows[0], out (int Whole, int, int, int) first))
        {
            bool isWhole = true;
            for (int i = 0; i < rows.Length && isWhole; i++)
                isWhole = rowsOf.TryGetValue(rows[i], out (int, int, int, int) part) && part == (first.Whole, axis, rows.Length, i);
            if (isWhole)
                return first.Whole;
        }
        int term = Of($"join {axis}", rows);
        joined[term] = (axis, rows);
        return term;
    }

    /// <summary>Elements that are all <paramref name="value"/>.</summary>
    public int Padding(TensorType type, long value)
    {
        int term = Of(string.Format(CultureInfo.InvariantCulture, "padding {0} {1}", type, value));
        paddings.Add(term);
        return term;
    }

    /// <summary>Whether a term stands for elements that are all one value.</summary>
    public bool IsPadding(int term) => paddings.Contains(term);

    /// <summary>A row with padding before and behind each of its own rows along the other axis.</summary>
    public int WithColumns(int row, int before, int behind, int padding) =>
        (before, behind) == (0, 0) || row == padding ? row : Of($"columns {before} {behind}", [row, padding]);

    /// <summary>Whole numbers that are known.</summary>
    public int Numbers(int[] values)
    {
        int term = Of($"numbers {string.Join(",", values)}");
        numbers[term] = values;
        return term;
    }

    /// <summary>The whole numbers that a term stands for; null where it does not.</summary>
    public int[]? FindNumbers(int term) => numbers.TryGetValue(term, out int[]? values) ? values : null;
}

namespace TinyReorder.Diagnostics;

/// <summary>Finds what a user probably meant.</summary>
internal static class NearestNames
{
    /// <summary>
    /// The candidates most like <paramref name="name"/>: by the edit distance (insert, delete, replace, swap of neighbours) without regard to case,
    /// where a candidate that contains the name counts as near; equal ones in ordinal order.
    /// </summary>
    public static IReadOnlyList<string> Find(string name, IEnumerable<string> candidates, int most = 5)
    {
        string wanted = name.Length > 64 ? name.Substring(0, 64).ToUpperInvariant() : name.ToUpperInvariant();
        return candidates
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(candidate => (candidate, distance: Distance(wanted, candidate.ToUpperInvariant())))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => pair.candidate)
            .ToList();
    }

    /// <summary>
    /// The candidate with the smallest edit distance to <paramref name="name"/>, without regard to case; null where that is above <paramref name="most"/>.
    /// </summary>
    public static string? Within(string name, IEnumerable<string> candidates, int most) => candidates
        .Where(candidate => Math.Abs(candidate.Length - name.Length) <= most)
        .Select(candidate => (Candidate: candidate, Edits: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(pair => pair.Edits <= most)
        .OrderBy(pair => pair.Edits)
        .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
        .Select(pair => pair.Candidate)
        .FirstOrDefault();

    private static int Distance(string a, string b) => a.Length >= 2 && b.IndexOf(a, StringComparison.Ordinal) >= 0 ? 1 : Edits(a, b);

    private static int Edits(string a, string b)
    {
        int[] beforePrevious = new int[b.Length + 1];
        int[] previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(Math.Min(row[j - 1], previous[j]) + 1, replaced);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], beforePrevious[j - 2] + 1);
            }
            (beforePrevious, previous) = (previous, row);
        }
        return previous[b.Length];
    }
}

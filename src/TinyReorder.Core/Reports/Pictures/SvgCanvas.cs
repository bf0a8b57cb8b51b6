using System.Globalization;
using System.Text;
using TinyReorder.Diagnostics;

namespace TinyReorder.Reports.Pictures;

/// <summary>Collects SVG elements; numbers are invariant and short, texts escaped. Coordinates are pixels, y down.</summary>
internal sealed class SvgCanvas
{
    private const decimal HeadingCharacterWidth = 8.6m, Margin = 12;

    private readonly StringBuilder text = new();

    /// <summary>How wide a character is: fonts are monospaced, at 11 pixels, and none is wider than that.</summary>
    public const decimal CharacterWidth = 6.7m;

    /// <summary>How high a line of text is.</summary>
    public const decimal LineHeight = 13;

    /// <summary>The right end of what was drawn; set by those who draw.</summary>
    public decimal Width { get; set; }

    /// <summary>The lower end of what was drawn; set by those who draw.</summary>
    public decimal Height { get; set; }

    /// <summary>Whether rectangles carry their description, which viewers show under the pointer; a page with a script shows its own.</summary>
    public bool HasTitles { get; set; } = true;

    public void Rect(string style, decimal x, decimal y, decimal width, decimal height, string attributes = "", string? title = null)
    {
        text.Append($"<rect class=\"{style}\" x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"{Before(attributes)}");
        text.Append(title is null || !HasTitles ? "/>\n" : $"><title>{ForeignText.Markup(title)}</title></rect>\n");
    }

    public void Line(string style, decimal x1, decimal y1, decimal x2, decimal y2) =>
        text.Append($"<line class=\"{style}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"/>\n");

    public void Text(string style, decimal x, decimal y, string words) => text.Append(
        $"<text class=\"{style}\" x=\"{Number(x)}\" y=\"{Number(y)}\">{ForeignText.Markup(words)}</text>\n");

    /// <summary>Text that reads upwards.</summary>
    public void UpwardText(string style, decimal x, decimal y, string words) =>
        text.Append($"<text class=\"{style}\" transform=\"translate({Number(x)},{Number(y)}) rotate(-90)\">{ForeignText.Markup(words)}</text>\n");

    /// <summary>A heading in the larger font; the picture becomes wide enough for it.</summary>
    public void Heading(decimal y, string words)
    {
        Text("tr-head", Margin, y, words);
        Width = Math.Max(Width, (2 * Margin) + (words.Length * HeadingCharacterWidth));
    }

    public void Begin(string element) => text.Append($"<{element}>\n");

    public void Title(string words)
    {
        if (HasTitles)
            text.Append($"<title>{ForeignText.Markup(words)}</title>\n");
    }

    public void End(string element) => text.Append($"</{element}>\n");

    /// <summary>All elements in an svg element.</summary>
    /// <param name="label">What it shows, for those who do not see it.</param>
    /// <param name="style">The style sheet, or empty where the page has it.</param>
    public string Document(string label, string style = "") =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"tr\" role=\"img\" aria-label=\"{ForeignText.Markup(label)}\" width=\"{Number(Width)}\" "
            + $"height=\"{Number(Height)}\" viewBox=\"0 0 {Number(Width)} {Number(Height)}\">\n"
        + (style.Length > 0 ? $"<title>{ForeignText.Markup(label)}</title>\n<style>\n{style}</style>\n" : "")
        + $"<rect class=\"tr-bg\" width=\"{Number(Width)}\" height=\"{Number(Height)}\"/>\n{text}</svg>\n";

    public static string Number(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Before(string attributes) => attributes.Length > 0 ? " " + attributes : "";
}

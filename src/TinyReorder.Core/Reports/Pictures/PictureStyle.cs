using System.Text;

namespace TinyReorder.Reports.Pictures;

/// <summary>
/// The style sheet of the pictures: the colours of Okabe and Ito, which people with colour vision deficiencies tell apart, on light and on dark.
/// </summary>
internal static class PictureStyle
{
    /// <summary>The style sheet.</summary>
    public static string Text { get; } = Encoding.UTF8.GetString(EmbeddedFile.Read("TinyReorder.Reports.pictures.css")).Replace("\r\n", "\n");
}

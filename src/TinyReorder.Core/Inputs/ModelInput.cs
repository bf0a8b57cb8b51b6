using TinyReorder.Diagnostics;
using TinyReorder.Tflite;

namespace TinyReorder.Inputs;

/// <summary>A model as people hand it over: a <c>.tflite</c> file, or C or C++ source with its bytes in an array.</summary>
internal static class ModelInput
{
    /// <summary>The most bytes of source: some 40 MB of model.</summary>
    public const int MostSourceBytes = 256 << 20;

    private const int MostNames = 6;

    /// <summary>Reads a model.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="name">What diagnostics call it, such as the path as the user wrote it.</param>
    /// <exception cref="TinyReorderException">
    /// It holds no model (TINY2001), a damaged one (TINY2002 and following), or an array that cannot be read, or several models (TINY2014).
    /// </exception>
    public static TfliteModel Load(byte[] file, string name)
    {
        if (IsModel(file))
            return TfliteModel.Load(file, name);
        if (!TextFile.IsText(file))
            throw NotAModel(BinaryKind.Of(file) ?? BinaryKind.Unknown(file));
        byte[] text = TextFile.Plain(file);
        if (TextKind.OfHead(text) is { } kind)
            throw NotAModel(kind);
        if (text.Length > MostSourceBytes)
            throw Bad(DiagnosticCodes.BadModelArray, $"the source has {Quantity.Bytes(text.Length)}, and at most {Quantity.Bytes(MostSourceBytes)} are read; "
                + "hand over the .tflite file");
        IReadOnlyList<CArray> arrays = CArrayReader.Read(text);
        CArray[] models = [.. arrays.Where(array => array.HoldsModel)];
        if (models.Length == 0)
            throw WithoutModel(text, arrays);
        return models.Length == 1 ? Load(models[0]) : LoadOne(models);

        TfliteModel Load(CArray array) => array.Fault is null ? TfliteModel.Load(array.Model!, name) : throw Unreadable(text, array);

        TfliteModel LoadOne(CArray[] candidates)
        {
            // The same bytes in two branches of an #if are one model, and the first bytes of one, to compare with, are none.
            CArray[] distinct = [.. candidates.GroupBy(array => Convert.ToBase64String(Sha256(array.Model!))).Select(same => same.First())];
            CArray[] sound = distinct.Length == 1 ? distinct : [.. distinct.Where(array => array.Fault is not null || Loads(array.Model!, name))];
            return sound.Length switch
            {
                0 => Load(distinct.OrderByDescending(array => array.Count).First()),
                1 => Load(sound[0]),
                _ => throw Several(text, sound),
            };
        }

        TinyReorderException NotAModel(FileKind found) => Bad(DiagnosticCodes.NotAModel, found.Message);

        TinyReorderException Bad(string code, string message) => new(Diagnostic.Error(code, message) with { File = name });

        TinyReorderException Unreadable(byte[] source, CArray array)
        {
            (int line, int column) = TextFile.PlaceOf(source, array.FaultOffset);
            return new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadModelArray,
                $"the array {Named(array)} cannot be read, at line {line}, column {column}: {array.Fault}; generate it again, or hand over the "
                    + ".tflite file") with
            { File = name, Line = line, Column = column });
        }

        TinyReorderException Several(byte[] source, CArray[] found)
        {
            (int line, int column) = TextFile.PlaceOf(source, found[1].Offset);
            return new TinyReorderException(Diagnostic.Error(DiagnosticCodes.BadModelArray,
                $"{found.Length} arrays hold a model: {List(found)}; leave one of them in a file of its own") with
            { File = name, Line = line, Column = column });
        }

        TinyReorderException WithoutModel(byte[] source, IReadOnlyList<CArray> found)
        {
            if (TextKind.OfWhole(source) is { } other)
                return NotAModel(other);
            CArray[] named = [.. found.Where(array => array.Name.Length > 0)];
            if (named.Length == 0)
                return NotAModel(TextKind.Unknown(source));
            // The one that was meant may fail before it can be told for a model.
            if (named.Length == 1 && named[0].Fault is not null)
                return Unreadable(source, named[0]);
            return NotAModel(new FileKind($"it is source code, and of its arrays none holds a model: {List(named)}",
                "the bytes 4 to 7 of a model are 'TFL3'; hand over the file that defines the array, or the .tflite file"));
        }
    }

    /// <summary>Whether the file is a model itself, sound or not.</summary>
    public static bool IsModel(byte[] file) => file.Length >= 8 && file[4] == 'T' && file[5] == 'F' && file[6] == 'L' && file[7] == '3';

    private static bool Loads(byte[] model, string name)
    {
        try
        {
            TfliteModel.Load(model, name);
            return true;
        }
        catch (TinyReorderException)
        {
            return false;
        }
    }

    private static byte[] Sha256(byte[] bytes)
    {
        using var sha256 = System.Security.Cryptography.SHA256.Create();
        return sha256.ComputeHash(bytes);
    }

    private static string List(CArray[] arrays) => string.Join(", ", arrays.Take(MostNames).Select(array =>
            $"{Named(array)} ({Quantity.Count(array.Count)} values)"))
        + (arrays.Length > MostNames ? $" and {Quantity.Count(arrays.Length - MostNames)} more" : "");

    private static string Named(CArray array) => array.Name.Length == 0 ? "without a name" : $"'{Quote.Text(array.Name)}'";
}

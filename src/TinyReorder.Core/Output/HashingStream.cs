using System.Security.Cryptography;

namespace TinyReorder.Output;

/// <summary>Passes on what is written, and hashes it on the way. Leaves the stream behind it open.</summary>
internal sealed class HashingStream(Stream behind) : Stream
{
    private readonly SHA256 sha = SHA256.Create();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The hash of all that was written; nothing may be written afterwards.</summary>
    public string Finish()
    {
        sha.TransformFinalBlock([], 0, 0);
        return ContentHash.Digits(sha.Hash!);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        sha.TransformBlock(buffer, offset, count, null, 0);
        behind.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void Flush() => behind.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            sha.Dispose();
        base.Dispose(disposing);
    }
}

namespace TinyReorder;

/// <summary>The kernels that the interpreter runs.</summary>
public enum KernelLibrary
{
    /// <summary>The reference kernels of TensorFlow Lite Micro.</summary>
    Reference,

    /// <summary>CMSIS-NN in the variant of the board's core; without a board that for cores with DSP instructions.</summary>
    CmsisNn,

    /// <summary>CMSIS-NN for cores with DSP instructions.</summary>
    CmsisNnDsp,

    /// <summary>CMSIS-NN in plain C.</summary>
    CmsisNnC,

    /// <summary>CMSIS-NN for cores with the vector extension MVE (Helium).</summary>
    CmsisNnMve,

    /// <summary>ESP-NN in the variant of the board's core; without a board the generic one.</summary>
    EspNn,

    /// <summary>ESP-NN for the ESP32-S3.</summary>
    EspNnS3,

    /// <summary>ESP-NN for the ESP32-P4.</summary>
    EspNnP4,
}

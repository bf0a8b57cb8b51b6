namespace TinyReorder.Tests.Shared;

/// <summary>The schema's ActivationFunctionType.</summary>
public enum Fused
{
    None = 0,
    Relu = 1,
    ReluN1To1 = 2,
    Relu6 = 3,
    Tanh = 4,
}

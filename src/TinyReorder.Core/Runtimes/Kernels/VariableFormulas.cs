namespace TinyReorder.Runtimes.Kernels;

/// <summary>Resource variables (micro/kernels/var_handle.cc, assign_variable.cc).</summary>
internal static class VariableFormulas
{
    private const int ContainerSlot = 0;
    private const int NameSlot = 1;

    /// <summary>The handle's memory is the kernel's own: its output is not planned.</summary>
    public static void Handle(KernelContext kernel)
    {
        kernel.ProvideOutput(0);
        kernel.Variables.Handle(kernel.Subgraph, kernel.Output(0).Index, kernel.Options.FindText(ContainerSlot), kernel.Options.FindText(NameSlot) ?? "");
    }

    /// <summary>The first assignment that can see its handle allocates the variable.</summary>
    public static void Memory(KernelContext kernel)
    {
        if (kernel.Variables.Allocates(kernel.Subgraph, kernel.Input(0).Index))
            kernel.Keep(kernel.Input(1).Bytes);
    }
}

// An order for each subgraph of a model: order[s][i] is the file's index of the operator of subgraph s that runs i-th.
global using ModelOrder = System.Collections.Generic.IReadOnlyList<System.Collections.Generic.IReadOnlyList<int>>;

// Stands in for the header of this name.
#ifndef STANDIN_GREEDY_MEMORY_PLANNER_H
#define STANDIN_GREEDY_MEMORY_PLANNER_H

namespace tflite {

class GreedyMemoryPlanner { int buffers; };

}

#endif

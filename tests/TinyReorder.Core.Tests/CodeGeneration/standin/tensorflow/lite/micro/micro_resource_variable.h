// Stands in for the header of this name.
#ifndef STANDIN_MICRO_RESOURCE_VARIABLE_H
#define STANDIN_MICRO_RESOURCE_VARIABLE_H

#include "tensorflow/lite/micro/micro_allocator.h"

namespace tflite {

class MicroResourceVariables {
public:
    static MicroResourceVariables* Create(MicroAllocator* allocator, int count)
    {
        void* place = allocator->AllocatePersistentBuffer(sizeof(MicroResourceVariables));
        allocator->AllocatePersistentBuffer(20 * static_cast<size_t>(count));
        MicroResourceVariables* variables = static_cast<MicroResourceVariables*>(place);
        variables->count = count;
        return variables;
    }

    int count;
};

}

#endif

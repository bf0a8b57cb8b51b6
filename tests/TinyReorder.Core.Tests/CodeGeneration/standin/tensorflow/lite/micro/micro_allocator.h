// Stands in for the header of this name: an allocator that counts what it hands out from an arena's end.
#ifndef STANDIN_MICRO_ALLOCATOR_H
#define STANDIN_MICRO_ALLOCATOR_H

#include "tensorflow/lite/c/common.h"
#include "tensorflow/lite/core/api/error_reporter.h"

#include <stdlib.h>

namespace tflite {

namespace internal {
struct ScratchBufferRequest { size_t bytes; };
}
struct NodeAndRegistration { TfLiteNode node; const TFLMRegistration* registration; };
struct ScratchBufferHandle { void* data; };
struct SubgraphAllocations { void* nodes; void* tensors; };

class MicroAllocator {
public:
#ifdef STANDIN_ERROR_REPORTER
    static MicroAllocator* Create(uint8_t* arena, size_t bytes, ErrorReporter*) { return At(arena, bytes); }
#else
    static MicroAllocator* Create(uint8_t* arena, size_t bytes) { return At(arena, bytes); }
#endif

    void* AllocatePersistentBuffer(size_t bytes)
    {
        used_ = (used_ + bytes + 15) / 16 * 16;
        // The real one answers null, which MicroResourceVariables writes through.
        if (used_ > bytes_)
            abort();
        return arena_ + (bytes_ - used_);
    }

    size_t used_bytes() const { return used_; }

private:
    static MicroAllocator* At(uint8_t* arena, size_t bytes)
    {
        static MicroAllocator allocator;
        allocator.arena_ = arena;
        allocator.bytes_ = bytes;
        allocator.used_ = 0;
        allocator.AllocatePersistentBuffer(116);
        return &allocator;
    }

    uint8_t* arena_ = nullptr;
    size_t bytes_ = 0;
    size_t used_ = 0;
};

}

#endif

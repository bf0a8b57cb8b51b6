// Stands in for the header of this name: an interpreter that needs STANDIN_NEEDED bytes of arena, uses STANDIN_USED of them, and answers with a hash of its inputs and of how often it ran.
// STANDIN_CRASH_BELOW: a smaller arena ends the program. STANDIN_OVERWRITES_BELOW: in a smaller arena it runs and answers wrong. STANDIN_DIFFERENT: answers depend on the model's bytes.
// STANDIN_ERROR_REPORTER: it wants an ErrorReporter, as libraries of 2021 do.
#ifndef STANDIN_MICRO_INTERPRETER_H
#define STANDIN_MICRO_INTERPRETER_H

#include "tensorflow/lite/micro/micro_allocator.h"
#include "tensorflow/lite/schema/schema_generated.h"

#include <stdlib.h>
#include <string.h>

#ifndef STANDIN_NEEDED
#define STANDIN_NEEDED 4096
#endif
#ifndef STANDIN_USED
#define STANDIN_USED 4084
#endif
#ifndef STANDIN_CRASH_BELOW
#define STANDIN_CRASH_BELOW 0
#endif
#ifndef STANDIN_OVERWRITES_BELOW
#define STANDIN_OVERWRITES_BELOW 0
#endif
#ifndef STANDIN_MODEL_BYTES
#define STANDIN_MODEL_BYTES 512
#endif

namespace tflite {

class MicroResourceVariables;

class MicroInterpreter {
public:
#ifdef STANDIN_ERROR_REPORTER
    template <class Resolver>
    MicroInterpreter(const Model* model, const Resolver& resolver, uint8_t* arena, size_t bytes, ErrorReporter* reporter, MicroResourceVariables* variables = nullptr)
        : MicroInterpreter(model, arena, bytes, resolver.Registered().size(), variables)
    {
        reporter_ = reporter;
    }
#else
    template <class Resolver>
    MicroInterpreter(const Model* model, const Resolver& resolver, uint8_t* arena, size_t bytes, MicroResourceVariables* variables = nullptr)
        : MicroInterpreter(model, arena, bytes, resolver.Registered().size(), variables)
    {
    }
#endif

    TfLiteStatus AllocateTensors()
    {
        if (static_cast<long>(bytes_) < STANDIN_CRASH_BELOW)
            abort();
        if (static_cast<long>(bytes_) < STANDIN_NEEDED || operators_ == 0) {
            if (reporter_ != nullptr)
                reporter_->Tell("too small: %d", static_cast<int>(bytes_));
            return kTfLiteError;
        }
        input_.type = kTfLiteInt8;
        input_.bytes = 16;
        input_.data.raw = reinterpret_cast<char*>(arena_);
        output_.type = kTfLiteInt8;
        output_.bytes = 12;
        output_.data.raw = reinterpret_cast<char*>(arena_ + 16);
        return kTfLiteOk;
    }

    TfLiteStatus Invoke()
    {
        hash_ = hash_ * 31u + 7u;
        for (size_t i = 0; i < input_.bytes; i++)
            hash_ = (hash_ ^ static_cast<unsigned char>(input_.data.raw[i])) * 16777619u;
#ifdef STANDIN_DIFFERENT
        for (size_t i = 0; i < STANDIN_MODEL_BYTES; i++)
            hash_ = (hash_ ^ reinterpret_cast<const unsigned char*>(model_)[i]) * 16777619u;
#endif
        if (static_cast<long>(bytes_) < STANDIN_OVERWRITES_BELOW)
            hash_++;
        for (size_t i = 0; i < output_.bytes; i++)
            output_.data.raw[i] = static_cast<char>(hash_ >> (i % 4 * 8));
        return kTfLiteOk;
    }

    size_t inputs_size() const { return 1; }
    TfLiteTensor* input(size_t) { return &input_; }
    size_t outputs_size() const { return 1; }
    TfLiteTensor* output(size_t) { return &output_; }
    size_t arena_used_bytes() const { return STANDIN_USED; }

private:
    MicroInterpreter(const Model* model, uint8_t* arena, size_t bytes, size_t operators, MicroResourceVariables*)
        : model_(model), arena_(arena), bytes_(bytes), operators_(operators), hash_(2166136261u), reporter_(nullptr), input_(), output_()
    {
    }

    const Model* model_;
    uint8_t* arena_;
    size_t bytes_;
    size_t operators_;
    uint32_t hash_;
    ErrorReporter* reporter_;
    TfLiteTensor input_;
    TfLiteTensor output_;
};

}

#endif

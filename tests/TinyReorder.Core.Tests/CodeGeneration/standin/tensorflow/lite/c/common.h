// Stands in for the header of this name: what a program sees of tensors.
#ifndef STANDIN_COMMON_H
#define STANDIN_COMMON_H

#include <stddef.h>
#include <stdint.h>

enum TfLiteStatus { kTfLiteOk, kTfLiteError };
enum TfLiteType { kTfLiteNoType, kTfLiteFloat32, kTfLiteInt32, kTfLiteUInt8, kTfLiteInt64, kTfLiteBool, kTfLiteInt16, kTfLiteInt8 };
struct TFLMRegistration { int mark; };
struct TfLiteRegistration { int mark; };
struct TfLiteAffineQuantization { void* scale; void* zero_point; int quantized_dimension; };
struct TfLiteEvalTensor { void* data; void* dims; TfLiteType type; };
struct TfLiteNode { void* inputs; };
union TfLitePtrUnion { char* raw; void* data; };
struct TfLiteTensor { TfLiteType type; TfLitePtrUnion data; size_t bytes; };

#endif

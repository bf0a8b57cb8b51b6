// Stands in for the header of this name: a model is its bytes.
#ifndef STANDIN_SCHEMA_H
#define STANDIN_SCHEMA_H

namespace tflite {

struct Model { unsigned char first; };
inline const Model* GetModel(const void* bytes) { return static_cast<const Model*>(bytes); }

}

#endif

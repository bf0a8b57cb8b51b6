// Keyword spotting on an Arduino Nano 33 BLE Sense with the Arduino_TensorFlowLite library (tflite-micro-arduino-examples of
// February 2023, which keyword.h names as tflite-micro-arduino-examples@2023-02: its arena is that of this library).
// src/keyword.h, src/keyword_ops.h and src/keyword.c are generated: run "dotnet build" in the folder above first.
#include <TensorFlowLite.h>

#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/schema/schema_generated.h"

#include "src/keyword.h"
#include "src/keyword_ops.h"

namespace {

const char *const kLabels[] = {"silence", "unknown", "yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"};
constexpr int kLabelCount = sizeof(kLabels) / sizeof(kLabels[0]);

// What the build computed for the library and version that keyword.h names. Another one may need more: setup compares, and "tinyreorder selftest" measures.
alignas(16) uint8_t tensor_arena[kKeywordTensorArenaSize];
KEYWORD_CHECK_ARENA(tensor_arena);

tflite::MicroInterpreter *interpreter = nullptr;

// Put the MFCC features of the last second here (49 frames of 10). The sample has no microphone code, and its model is untrained.
void FillFeatures(TfLiteTensor *input) {
  for (size_t i = 0; i < input->bytes; i++) {
    input->data.int8[i] = 0;
  }
}

[[noreturn]] void Stop(const char *reason) {
  for (;;) {
    Serial.println(reason);
    delay(1000);
  }
}

}  // namespace

void setup() {
  Serial.begin(115200);

  const tflite::Model *model = tflite::GetModel(g_keyword_model);
  if (model->version() != TFLITE_SCHEMA_VERSION) {
    Stop("The model has another schema version than the library.");
  }

  // The model's operators and no others.
  static KeywordOpResolver resolver;
  if (AddKeywordOperators(resolver) != kTfLiteOk) {
    Stop("The operators could not be registered.");
  }

  static tflite::MicroInterpreter static_interpreter(model, resolver, tensor_arena, sizeof(tensor_arena));
  interpreter = &static_interpreter;
  if (interpreter->AllocateTensors() != kTfLiteOk) {
    Stop("AllocateTensors failed: the library is of another version than the one that the arena was computed for (see keyword.h).");
  }

  Serial.print("Arena used: ");
  Serial.print(interpreter->arena_used_bytes());
  Serial.print(" of ");
  Serial.println(sizeof(tensor_arena));
  if (interpreter->arena_used_bytes() != kKeywordArenaUsedBytes) {
    Serial.print("The library is of another version than the one that keyword.h names, for which this was computed: ");
    Serial.println(kKeywordArenaUsedBytes);
  }
}

void loop() {
  FillFeatures(interpreter->input(0));
  if (interpreter->Invoke() != kTfLiteOk) {
    Stop("Invoke failed.");
  }
  const int8_t *scores = interpreter->output(0)->data.int8;
  int best = 0;
  for (int i = 1; i < kLabelCount; i++) {
    if (scores[i] > scores[best]) {
      best = i;
    }
  }
  Serial.println(kLabels[best]);
  delay(1000);
}

// Keyword spotting on an ESP32 with Espressif's esp-tflite-micro component; keyword.h names the version that the arena is of.
// generated/keyword.h, generated/keyword_ops.h and generated/keyword.c are generated: run "dotnet build" in the folder above first.
#include <cstdint>

#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tensorflow/lite/schema/schema_generated.h"

#include "keyword.h"
#include "keyword_ops.h"

namespace {

const char *const kTag = "keyword";
const char *const kLabels[] = {"silence", "unknown", "yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"};
constexpr int kLabelCount = sizeof(kLabels) / sizeof(kLabels[0]);

// Static DRAM. An arena beyond what the linker has of it belongs on the heap: heap_caps_aligned_alloc(16, size, MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT).
alignas(16) uint8_t tensor_arena[kKeywordTensorArenaSize];
KEYWORD_CHECK_ARENA(tensor_arena);

// Put the MFCC features of the last second here (49 frames of 10). The sample has no microphone code, and its model is untrained.
void FillFeatures(TfLiteTensor *input) {
  for (size_t i = 0; i < input->bytes; i++) {
    input->data.int8[i] = 0;
  }
}

int Best(const int8_t *scores) {
  int best = 0;
  for (int i = 1; i < kLabelCount; i++) {
    if (scores[i] > scores[best]) {
      best = i;
    }
  }
  return best;
}

}  // namespace

extern "C" void app_main(void) {
  const tflite::Model *model = tflite::GetModel(g_keyword_model);
  if (model->version() != TFLITE_SCHEMA_VERSION) {
    ESP_LOGE(kTag, "the model has another schema version than the component");
    return;
  }

  // The model's operators and no others.
  static KeywordOpResolver resolver;
  if (AddKeywordOperators(resolver) != kTfLiteOk) {
    ESP_LOGE(kTag, "the operators could not be registered");
    return;
  }

  static tflite::MicroInterpreter interpreter(model, resolver, tensor_arena, sizeof(tensor_arena));
  if (interpreter.AllocateTensors() != kTfLiteOk) {
    ESP_LOGE(kTag, "AllocateTensors failed: the component is of another version than the one that the arena was computed for (see keyword.h)");
    return;
  }
  // The constant is of the library and version that keyword.h names. With another one the number differs, and "tinyreorder selftest" measures what it needs.
  ESP_LOGI(kTag, "arena used: %u of %u bytes", (unsigned)interpreter.arena_used_bytes(), (unsigned)sizeof(tensor_arena));
  if (interpreter.arena_used_bytes() != kKeywordArenaUsedBytes) {
    ESP_LOGW(kTag, "%u bytes were computed: the component is of another version than the one that keyword.h names", (unsigned)kKeywordArenaUsedBytes);
  }

  for (;;) {
    FillFeatures(interpreter.input(0));
    if (interpreter.Invoke() != kTfLiteOk) {
      ESP_LOGE(kTag, "Invoke failed");
      return;
    }
    ESP_LOGI(kTag, "%s", kLabels[Best(interpreter.output(0)->data.int8)]);
    vTaskDelay(pdMS_TO_TICKS(1000));
  }
}

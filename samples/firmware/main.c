/*
 * The smallest firmware around a generated model: vectors, start-up and a main that touches every byte of the model and of the arena, so that the linker keeps both. There is no
 * interpreter here; an application hands the model and the arena to tflite::MicroInterpreter. C11 and C++17.
 */
#include <stdint.h>
#ifndef __cplusplus
#include <stdalign.h>
#endif

#include "keyword.h"

alignas(16) static uint8_t tensor_arena[kKeywordTensorArenaSize];
KEYWORD_CHECK_ARENA(tensor_arena);

/* What a debugger may look at; the only variable beside the arena. */
volatile uint32_t checksum;

#ifdef __cplusplus
extern "C" {
#endif

extern uint32_t stack_top, data_load, data_start, data_end, bss_start, bss_end;

int main(void);
void reset_handler(void);

int main(void)
{
    volatile uint8_t *arena = tensor_arena;
    for (uint32_t i = 0; i < sizeof(tensor_arena); i++)
        arena[i] = (uint8_t)i;
    for (uint32_t i = 0; i < g_keyword_model_len; i++)
        checksum = checksum * 31u + g_keyword_model[i] + arena[i % sizeof(tensor_arena)];
    for (;;) {
    }
}

void reset_handler(void)
{
    const uint32_t *from = &data_load;
    for (uint32_t *to = &data_start; to < &data_end;)
        *to++ = *from++;
    for (uint32_t *to = &bss_start; to < &bss_end;)
        *to++ = 0;
    (void)main();
}

typedef struct {
    uint32_t *stack;
    void (*handlers[15])(void);
} vector_table;

/* Reset, NMI, hard fault; the rest stays empty. */
extern const vector_table vectors;
__attribute__((section(".vectors"), used)) const vector_table vectors = {&stack_top, {reset_handler, reset_handler, reset_handler}};

#ifdef __cplusplus
}
#endif

// What the C libraries cost by themselves: the yardstick.
#ifndef BASELINE_H
#define BASELINE_H
#include <stddef.h>

/// Reads every event of a YAML stream and frees it. Returns the number of events, or -1.
long baseline_yaml_events(const unsigned char *text, size_t length);
/// The same; returns how many nodes a document of the stream has: the stream, documents, collections, scalars and aliases. Or -1.
long baseline_yaml_nodes(const unsigned char *text, size_t length);
/// Loads a JSON text and frees it. Returns 0, or -1.
int baseline_json_load(const char *text, size_t length);

/// Gives memory that is free back to the kernel, so that what is resident is what is held.
void baseline_give_back_memory(void);
/// How many bytes the allocator has handed out and not got back.
size_t baseline_allocated_memory(void);

#endif

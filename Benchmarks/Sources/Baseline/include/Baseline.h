// What the C libraries cost by themselves: the yardstick.
#ifndef BASELINE_H
#define BASELINE_H
#include <stddef.h>

struct baseline_yaml_counts {
  long events;
  /// Those that a document has a node for: the stream, documents, collections, scalars and aliases.
  long nodes;
};

/// Reads every event of a YAML stream and frees it. Both counts are -1 where libyaml rejects the text.
struct baseline_yaml_counts baseline_yaml_events(const unsigned char *text, size_t length);
/// Loads a JSON text and frees it. Returns 0, or -1.
int baseline_json_load(const char *text, size_t length);

/// Gives memory that is free back to the kernel, so that what is resident is what is held.
void baseline_give_back_memory(void);

#endif

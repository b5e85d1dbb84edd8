#include "Baseline.h"

#include <jansson.h>
#include <malloc.h>
#include <yaml.h>

static long baseline_yaml_count(const unsigned char *text, size_t length, long *nodes) {
  yaml_parser_t parser;
  yaml_event_t event;
  long count = 0;
  *nodes = 0;
  if (!yaml_parser_initialize(&parser)) return -1;
  yaml_parser_set_input_string(&parser, text, length);
  for (;;) {
    if (!yaml_parser_parse(&parser, &event)) {
      count = -1;
      break;
    }
    count++;
    *nodes += event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT ||
              event.type == YAML_ALIAS_EVENT || event.type == YAML_SCALAR_EVENT ||
              event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT;
    int last = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    if (last) break;
  }
  yaml_parser_delete(&parser);
  return count;
}

long baseline_yaml_events(const unsigned char *text, size_t length) {
  long nodes;
  return baseline_yaml_count(text, length, &nodes);
}

long baseline_yaml_nodes(const unsigned char *text, size_t length) {
  long nodes = 0;
  return baseline_yaml_count(text, length, &nodes) < 0 ? -1 : nodes;
}

int baseline_json_load(const char *text, size_t length) {
  json_t *tree = json_loadb(text, length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  if (!tree) return -1;
  json_decref(tree);
  return 0;
}

void baseline_give_back_memory(void) { malloc_trim(0); }

size_t baseline_allocated_memory(void) {
  struct mallinfo2 all = mallinfo2();
  return all.uordblks + all.hblkhd;
}

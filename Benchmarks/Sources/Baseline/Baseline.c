#include "Baseline.h"

#include <jansson.h>
#include <malloc.h>
#include <yaml.h>

struct baseline_yaml_counts baseline_yaml_events(const unsigned char *text, size_t length) {
  yaml_parser_t parser;
  yaml_event_t event;
  struct baseline_yaml_counts counts = {0, 0};
  if (!yaml_parser_initialize(&parser)) return (struct baseline_yaml_counts){-1, -1};
  yaml_parser_set_input_string(&parser, text, length);
  for (;;) {
    if (!yaml_parser_parse(&parser, &event)) {
      counts = (struct baseline_yaml_counts){-1, -1};
      break;
    }
    counts.events++;
    counts.nodes += event.type == YAML_STREAM_START_EVENT || event.type == YAML_DOCUMENT_START_EVENT ||
                    event.type == YAML_ALIAS_EVENT || event.type == YAML_SCALAR_EVENT ||
                    event.type == YAML_SEQUENCE_START_EVENT || event.type == YAML_MAPPING_START_EVENT;
    int last = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    if (last) break;
  }
  yaml_parser_delete(&parser);
  return counts;
}

int baseline_json_load(const char *text, size_t length) {
  json_t *tree = json_loadb(text, length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  if (!tree) return -1;
  json_decref(tree);
  return 0;
}

void baseline_give_back_memory(void) { malloc_trim(0); }

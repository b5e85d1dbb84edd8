#include "Baseline.h"

#include <jansson.h>
#include <yaml.h>

long baseline_yaml_events(const unsigned char *text, size_t length) {
  yaml_parser_t parser;
  yaml_event_t event;
  long count = 0;
  if (!yaml_parser_initialize(&parser)) return -1;
  yaml_parser_set_input_string(&parser, text, length);
  for (;;) {
    if (!yaml_parser_parse(&parser, &event)) {
      count = -1;
      break;
    }
    count++;
    int last = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    if (last) break;
  }
  yaml_parser_delete(&parser);
  return count;
}

int baseline_json_load(const char *text, size_t length) {
  json_t *tree = json_loadb(text, length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
  if (!tree) return -1;
  json_decref(tree);
  return 0;
}

import ConfigDocument

extension MetaSchemas {
  static let draft4: Value = [
    "id": "http://json-schema.org/draft-04/schema#",
    "$schema": "http://json-schema.org/draft-04/schema#",
    "definitions": [
      "schemaArray": schemaArray,
      "positiveInteger": ["type": "integer", "minimum": 0],
      "positiveIntegerDefault0": ["allOf": [["$ref": "#/definitions/positiveInteger"]]],
      "simpleTypes": ["enum": types],
      "stringArray": ["type": "array", "items": text, "minItems": 1, "uniqueItems": true],
    ],
    "type": "object",
    "properties": object([
      [
        "id": text, "$schema": text, "title": text, "description": text, "default": [:],
        "multipleOf": ["type": "number", "minimum": 0, "exclusiveMinimum": true],
        "maximum": number, "exclusiveMaximum": flag, "minimum": number, "exclusiveMinimum": flag,
        "maxLength": ["$ref": "#/definitions/positiveInteger"],
        "minLength": ["$ref": "#/definitions/positiveIntegerDefault0"],
        "pattern": ["type": "string", "format": "regex"],
        "maxItems": ["$ref": "#/definitions/positiveInteger"],
        "minItems": ["$ref": "#/definitions/positiveIntegerDefault0"],
        "uniqueItems": flag,
        "maxProperties": ["$ref": "#/definitions/positiveInteger"],
        "minProperties": ["$ref": "#/definitions/positiveIntegerDefault0"],
        "required": ["$ref": "#/definitions/stringArray"],
      ],
      [
        "additionalItems": ["anyOf": [flag, itself]],
        "items": ["anyOf": [itself, ["$ref": "#/definitions/schemaArray"]]],
        "additionalProperties": ["anyOf": [flag, itself]],
        "definitions": schemaMap, "properties": schemaMap, "patternProperties": schemaMap,
        "dependencies": [
          "type": "object", "additionalProperties": ["anyOf": [itself, ["$ref": "#/definitions/stringArray"]]],
        ],
        "enum": ["type": "array", "minItems": 1, "uniqueItems": true],
        "type": [
          "anyOf": [
            ["$ref": "#/definitions/simpleTypes"],
            [
              "type": "array", "items": ["$ref": "#/definitions/simpleTypes"], "minItems": 1, "uniqueItems": true,
            ],
          ]
        ],
        "format": text,
        "allOf": ["$ref": "#/definitions/schemaArray"], "anyOf": ["$ref": "#/definitions/schemaArray"],
        "oneOf": ["$ref": "#/definitions/schemaArray"], "not": itself,
      ],
    ]),
    "dependencies": ["exclusiveMaximum": ["maximum"], "exclusiveMinimum": ["minimum"]],
  ]

  static let draft6: Value = object([
    ["$id": "http://json-schema.org/draft-06/schema#", "$schema": "http://json-schema.org/draft-06/schema#"],
    from6(object([properties6, ["examples": ["type": "array", "items": [:]]]])),
  ])

  static let draft7: Value = object([
    ["$id": "http://json-schema.org/draft-07/schema#", "$schema": "http://json-schema.org/draft-07/schema#"],
    from6(
      object([
        properties6,
        [
          "$comment": text, "readOnly": flag, "writeOnly": flag, "examples": anything, "contentMediaType": text,
          "contentEncoding": text, "if": itself, "then": itself, "else": itself,
        ],
      ])),
  ])

  private static func from6(_ properties: Value) -> Value {
    [
      "definitions": [
        "schemaArray": schemaArray,
        "nonNegativeInteger": ["type": "integer", "minimum": 0],
        "nonNegativeIntegerDefault0": ["allOf": [["$ref": "#/definitions/nonNegativeInteger"]]],
        "simpleTypes": ["enum": types],
        "stringArray": ["type": "array", "items": text, "uniqueItems": true],
      ],
      "type": ["object", "boolean"],
      "properties": properties,
    ]
  }

  private static let properties6: Value = object([
    [
      "$id": ["type": "string", "format": "uri-reference"], "$schema": ["type": "string", "format": "uri"],
      "$ref": ["type": "string", "format": "uri-reference"], "title": text, "description": text, "default": true,
      "multipleOf": ["type": "number", "exclusiveMinimum": 0],
      "maximum": number, "exclusiveMaximum": number, "minimum": number, "exclusiveMinimum": number,
      "maxLength": ["$ref": "#/definitions/nonNegativeInteger"],
      "minLength": ["$ref": "#/definitions/nonNegativeIntegerDefault0"],
      "pattern": ["type": "string", "format": "regex"],
      "maxItems": ["$ref": "#/definitions/nonNegativeInteger"],
      "minItems": ["$ref": "#/definitions/nonNegativeIntegerDefault0"],
      "uniqueItems": flag,
      "maxProperties": ["$ref": "#/definitions/nonNegativeInteger"],
      "minProperties": ["$ref": "#/definitions/nonNegativeIntegerDefault0"],
      "required": ["$ref": "#/definitions/stringArray"],
    ],
    [
      "additionalItems": itself, "items": ["anyOf": [itself, ["$ref": "#/definitions/schemaArray"]]],
      "contains": itself, "additionalProperties": itself, "definitions": schemaMap, "properties": schemaMap,
      "patternProperties": [
        "type": "object", "additionalProperties": ["$ref": "#"], "propertyNames": ["format": "regex"],
      ],
      "dependencies": [
        "type": "object", "additionalProperties": ["anyOf": [itself, ["$ref": "#/definitions/stringArray"]]],
      ],
      "propertyNames": itself, "const": true, "enum": anything,
      "type": [
        "anyOf": [
          ["$ref": "#/definitions/simpleTypes"],
          ["type": "array", "items": ["$ref": "#/definitions/simpleTypes"], "minItems": 1, "uniqueItems": true],
        ]
      ],
      "format": text,
      "allOf": ["$ref": "#/definitions/schemaArray"], "anyOf": ["$ref": "#/definitions/schemaArray"],
      "oneOf": ["$ref": "#/definitions/schemaArray"], "not": itself,
    ],
  ])
}

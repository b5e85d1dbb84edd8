import ConfigDocument

extension MetaSchemas {
  /// The two editions that are made of vocabularies differ in how a vocabulary refers to the whole.
  private enum Edition {
    case of2019, of2020

    var base: String {
      switch self {
      case .of2019: "https://json-schema.org/draft/2019-09/"
      case .of2020: "https://json-schema.org/draft/2020-12/"
      }
    }

    var anchor: Value {
      switch self {
      case .of2019: ["$recursiveAnchor": true]
      case .of2020: ["$dynamicAnchor": "meta"]
      }
    }

    /// Any schema, of the dialect in which the vocabulary is used.
    var schema: Value {
      switch self {
      case .of2019: ["$recursiveRef": "#"]
      case .of2020: ["$dynamicRef": "#meta"]
      }
    }

    var names: [String] {
      switch self {
      case .of2019: ["core", "applicator", "validation", "meta-data", "format", "content"]
      case .of2020:
        ["core", "applicator", "unevaluated", "validation", "meta-data", "format-annotation", "content"]
      }
    }
  }

  static let draft2019 = whole(.of2019)
  static let draft2020 = whole(.of2020)

  static let vocabularies2019: [String: Value] = vocabularies(.of2019)
  static let vocabularies2020: [String: Value] = vocabularies(.of2020)

  private static func whole(_ edition: Edition) -> Value {
    let vocabulary = edition.names.map { (key: "\(edition.base)vocab/\($0)", value: Value.bool($0 != "format")) }
    return object([
      ["$schema": .string(edition.base + "schema"), "$id": .string(edition.base + "schema")],
      ["$vocabulary": .object(Object(vocabulary))],
      edition.anchor,
      [
        "allOf": .array(edition.names.map { ["$ref": .string("meta/" + $0)] }),
        "type": ["object", "boolean"],
        "properties": [
          "definitions": ["type": "object", "additionalProperties": edition.schema],
          "dependencies": [
            "type": "object",
            "additionalProperties": [
              "anyOf": [edition.schema, ["$ref": "meta/validation#/$defs/stringArray"]]
            ],
          ],
        ],
      ],
    ])
  }

  private static func vocabularies(_ edition: Edition) -> [String: Value] {
    let isNew = edition == .of2020
    var out = [
      "core": vocabulary("core", edition, isNew ? core2020 : core2019),
      "applicator": vocabulary("applicator", edition, applicator(edition)),
      "validation": vocabulary("validation", edition, validation),
      "meta-data": vocabulary("meta-data", edition, metaData),
      "content": vocabulary("content", edition, content(edition)),
    ]
    if isNew {
      out["unevaluated"] = vocabulary("unevaluated", edition, unevaluated(edition))
      out["format-annotation"] = vocabulary("format-annotation", edition, ["properties": ["format": text]])
      out["format-assertion"] = vocabulary("format-assertion", edition, ["properties": ["format": text]])
    } else {
      out["format"] = vocabulary("format", edition, ["properties": ["format": text]])
    }
    return out
  }

  private static func vocabulary(_ name: String, _ edition: Edition, _ body: Value) -> Value {
    object([
      ["$schema": .string(edition.base + "schema"), "$id": .string(edition.base + "meta/" + name)],
      edition.anchor,
      ["type": ["object", "boolean"]],
      body,
    ])
  }

  private static let core2019: Value = [
    "properties": [
      "$id": ["type": "string", "format": "uri-reference", "pattern": "^[^#]*#?$"],
      "$schema": ["type": "string", "format": "uri"],
      "$anchor": ["type": "string", "pattern": "^[A-Za-z][-A-Za-z0-9.:_]*$"],
      "$ref": ["type": "string", "format": "uri-reference"],
      "$recursiveRef": ["type": "string", "format": "uri-reference"],
      "$recursiveAnchor": flag,
      "$vocabulary": [
        "type": "object", "propertyNames": ["type": "string", "format": "uri"], "additionalProperties": flag,
      ],
      "$comment": text,
      "$defs": ["type": "object", "additionalProperties": ["$recursiveRef": "#"]],
    ]
  ]

  private static let core2020: Value = [
    "properties": [
      "$id": ["$ref": "#/$defs/uriReferenceString", "pattern": "^[^#]*#?$"],
      "$schema": ["$ref": "#/$defs/uriString"],
      "$ref": ["$ref": "#/$defs/uriReferenceString"],
      "$anchor": ["$ref": "#/$defs/anchorString"],
      "$dynamicRef": ["$ref": "#/$defs/uriReferenceString"],
      "$dynamicAnchor": ["$ref": "#/$defs/anchorString"],
      "$vocabulary": [
        "type": "object", "propertyNames": ["$ref": "#/$defs/uriString"], "additionalProperties": flag,
      ],
      "$comment": text,
      "$defs": ["type": "object", "additionalProperties": ["$dynamicRef": "#meta"]],
    ],
    "$defs": [
      "anchorString": ["type": "string", "pattern": "^[A-Za-z_][-A-Za-z0-9._]*$"],
      "uriString": ["type": "string", "format": "uri"],
      "uriReferenceString": ["type": "string", "format": "uri-reference"],
    ],
  ]

  private static func applicator(_ edition: Edition) -> Value {
    let schema = edition.schema
    let map: Value = ["type": "object", "additionalProperties": schema]
    let list: Value = ["$ref": "#/$defs/schemaArray"]
    let properties: Value = [
      "contains": schema, "additionalProperties": schema, "properties": map,
      "patternProperties": ["type": "object", "additionalProperties": schema, "propertyNames": ["format": "regex"]],
      "dependentSchemas": map, "propertyNames": schema, "if": schema, "then": schema, "else": schema, "allOf": list,
      "anyOf": list, "oneOf": list, "not": schema,
    ]
    let own: Value =
      edition == .of2020
      ? ["prefixItems": list, "items": schema]
      : [
        "additionalItems": schema, "unevaluatedItems": schema, "items": ["anyOf": [schema, list]],
        "unevaluatedProperties": schema,
      ]
    return [
      "properties": object([own, properties]),
      "$defs": ["schemaArray": ["type": "array", "minItems": 1, "items": schema]],
    ]
  }

  private static func unevaluated(_ edition: Edition) -> Value {
    ["properties": ["unevaluatedItems": edition.schema, "unevaluatedProperties": edition.schema]]
  }

  private static func content(_ edition: Edition) -> Value {
    ["properties": ["contentMediaType": text, "contentEncoding": text, "contentSchema": edition.schema]]
  }

  private static let validation: Value = [
    "properties": object([
      [
        "multipleOf": ["type": "number", "exclusiveMinimum": 0], "maximum": number, "exclusiveMaximum": number,
        "minimum": number, "exclusiveMinimum": number,
        "maxLength": ["$ref": "#/$defs/nonNegativeInteger"],
        "minLength": ["$ref": "#/$defs/nonNegativeIntegerDefault0"],
        "pattern": ["type": "string", "format": "regex"],
        "maxItems": ["$ref": "#/$defs/nonNegativeInteger"],
        "minItems": ["$ref": "#/$defs/nonNegativeIntegerDefault0"],
        "uniqueItems": flag,
      ],
      [
        "maxContains": ["$ref": "#/$defs/nonNegativeInteger"], "minContains": ["$ref": "#/$defs/nonNegativeInteger"],
        "maxProperties": ["$ref": "#/$defs/nonNegativeInteger"],
        "minProperties": ["$ref": "#/$defs/nonNegativeIntegerDefault0"],
        "required": ["$ref": "#/$defs/stringArray"],
        "dependentRequired": ["type": "object", "additionalProperties": ["$ref": "#/$defs/stringArray"]],
        "const": true, "enum": anything,
        "type": [
          "anyOf": [
            ["$ref": "#/$defs/simpleTypes"],
            ["type": "array", "items": ["$ref": "#/$defs/simpleTypes"], "minItems": 1, "uniqueItems": true],
          ]
        ],
      ],
    ]),
    "$defs": [
      "nonNegativeInteger": ["type": "integer", "minimum": 0],
      "nonNegativeIntegerDefault0": ["$ref": "#/$defs/nonNegativeInteger"],
      "simpleTypes": ["enum": types],
      "stringArray": ["type": "array", "items": text, "uniqueItems": true],
    ],
  ]

  private static let metaData: Value = [
    "properties": [
      "title": text, "description": text, "default": true, "deprecated": flag, "readOnly": flag, "writeOnly": flag,
      "examples": anything,
    ]
  ]
}

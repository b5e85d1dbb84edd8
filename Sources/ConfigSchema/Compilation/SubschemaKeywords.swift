/// Where a keyword holds subschemas.
enum SubschemaKeyword {
  case one
  case list
  case map

  /// How `key` holds subschemas in the edition; nil where it holds none. An array under `items` is a list in all
  /// editions before 2020-12, and lists of names under `dependencies` are no schemas: the reader looks at the value.
  init?(_ key: String, in draft: SchemaDraft) {
    switch key {
    case "items", "additionalProperties", "not": self = .one
    case "additionalItems" where draft < .draft2020: self = .one
    case "contains", "propertyNames": if draft >= .draft6 { self = .one } else { return nil }
    case "if", "then", "else": if draft >= .draft7 { self = .one } else { return nil }
    case "unevaluatedItems", "unevaluatedProperties", "contentSchema":
      if draft >= .draft2019 { self = .one } else { return nil }
    case "allOf", "anyOf", "oneOf": self = .list
    case "prefixItems": if draft >= .draft2020 { self = .list } else { return nil }
    case "properties", "patternProperties", "definitions", "dependencies": self = .map
    case "$defs", "dependentSchemas": if draft >= .draft2019 { self = .map } else { return nil }
    default: return nil
    }
  }
}

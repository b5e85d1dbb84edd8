extension CodePage {
  static let documents: [CodePage] = []
  static let schemas: [CodePage] = []
  static let schemaFaults: [CodePage] = []
  static let validation: [CodePage] = []
  static let transformers: [CodePage] = []
  static let linting: [CodePage] = []
  static let proving: [CodePage] = []
  static let versions: [CodePage] = []
  static let plans: [CodePage] = []
  static let sets: [CodePage] = []
  static let store: [CodePage] = []
  static let programs: [CodePage] = []
}

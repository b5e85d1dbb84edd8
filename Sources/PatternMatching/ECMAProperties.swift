/// The Unicode properties that ECMA-262 names, as PCRE2 names them.
enum ECMAProperties {
  /// - Returns: PCRE2's name, and whether it means the complement; nil where ECMA-262 knows no such property.
  static func pcre(_ text: String) -> (name: String, negated: Bool)? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2 {
      switch parts[0] {
      case "General_Category", "gc": return category(parts[1]).map { ($0, false) }
      case "Script", "sc": return isName(parts[1]) ? ("sc:\(parts[1])", false) : nil
      case "Script_Extensions", "scx": return isName(parts[1]) ? ("scx:\(parts[1])", false) : nil
      default: return nil
      }
    }
    guard parts.count == 1 else { return nil }
    if let category = category(text) { return (category, false) }
    if text == "Assigned" { return ("Cn", true) }
    return binary.contains(text) ? (text, false) : nil
  }

  private static func isName(_ text: String) -> Bool { text.utf8.first.map { 65...90 ~= $0 } ?? false }

  private static func category(_ name: String) -> String? {
    guard let row = categories.first(where: { $0.contains(name) }) else { return nil }
    return row[0] == "LC" ? "L&" : row[0]
  }

  /// The short name first, then the long ones.
  private static let categories: [[String]] = [
    ["LC", "Cased_Letter"], ["Pe", "Close_Punctuation"], ["Pc", "Connector_Punctuation"], ["Cc", "Control", "cntrl"],
    ["Sc", "Currency_Symbol"], ["Pd", "Dash_Punctuation"], ["Nd", "Decimal_Number", "digit"],
    ["Me", "Enclosing_Mark"], ["Pf", "Final_Punctuation"], ["Cf", "Format"], ["Pi", "Initial_Punctuation"],
    ["L", "Letter"], ["Nl", "Letter_Number"], ["Zl", "Line_Separator"], ["Ll", "Lowercase_Letter"],
    ["M", "Mark", "Combining_Mark"], ["Sm", "Math_Symbol"], ["Lm", "Modifier_Letter"], ["Sk", "Modifier_Symbol"],
    ["Mn", "Nonspacing_Mark"], ["N", "Number"], ["Ps", "Open_Punctuation"], ["C", "Other"], ["Lo", "Other_Letter"],
    ["No", "Other_Number"], ["Po", "Other_Punctuation"], ["So", "Other_Symbol"], ["Zp", "Paragraph_Separator"],
    ["Co", "Private_Use"], ["P", "Punctuation", "punct"], ["Z", "Separator"], ["Zs", "Space_Separator"],
    ["Mc", "Spacing_Mark"], ["Cs", "Surrogate"], ["S", "Symbol"], ["Lt", "Titlecase_Letter"], ["Cn", "Unassigned"],
    ["Lu", "Uppercase_Letter"],
  ]

  private static let binary: Set<String> = [
    "Any", "ASCII", "ASCII_Hex_Digit", "AHex", "Alphabetic", "Alpha", "Bidi_Control", "Bidi_C", "Bidi_Mirrored",
    "Bidi_M", "Case_Ignorable", "CI", "Cased", "Changes_When_Casefolded", "CWCF", "Changes_When_Casemapped", "CWCM",
    "Changes_When_Lowercased", "CWL", "Changes_When_NFKC_Casefolded", "CWKCF", "Changes_When_Titlecased", "CWT",
    "Changes_When_Uppercased", "CWU", "Dash", "Default_Ignorable_Code_Point", "DI", "Deprecated", "Dep", "Diacritic",
    "Dia", "Emoji", "Emoji_Component", "EComp", "Emoji_Modifier", "EMod", "Emoji_Modifier_Base", "EBase",
    "Emoji_Presentation", "EPres", "Extended_Pictographic", "ExtPict", "Extender", "Ext", "Grapheme_Base", "Gr_Base",
    "Grapheme_Extend", "Gr_Ext", "Hex_Digit", "Hex", "IDS_Binary_Operator", "IDSB", "IDS_Trinary_Operator", "IDST",
    "ID_Continue", "IDC", "ID_Start", "IDS", "Ideographic", "Ideo", "Join_Control", "Join_C",
    "Logical_Order_Exception", "LOE", "Lowercase", "Lower", "Math", "Noncharacter_Code_Point", "NChar",
    "Pattern_Syntax", "Pat_Syn", "Pattern_White_Space", "Pat_WS", "Quotation_Mark", "QMark", "Radical",
    "Regional_Indicator", "RI", "Sentence_Terminal", "STerm", "Soft_Dotted", "SD", "Terminal_Punctuation", "Term",
    "Unified_Ideograph", "UIdeo", "Uppercase", "Upper", "Variation_Selector", "VS", "White_Space", "space",
    "XID_Continue", "XIDC", "XID_Start", "XIDS",
  ]
}

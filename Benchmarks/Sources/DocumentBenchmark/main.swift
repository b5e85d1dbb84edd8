// Without an argument: everything, as Markdown. With the name of a part, that alone. With the name of a work: it is done
// once, on a tenth of the text, for callgrind to count.

func once(_ name: String) {
  let text = Texts.services(bytes: 1_000_000)
  let json = Texts.json(items: 6_000)
  switch name {
  case "nothing": break
  case "events": Yardstick.events(text)
  case "parse": _ = Works.parse(text)
  case "render": Works.parseAndRender(text)
  case "edit": _ = try! Works.edited(text).render(verifying: false)
  case "verify": _ = try! Works.edited(text).render()
  case "json-load": Yardstick.load(json: json)
  case "json-parse": _ = Works.parse(json, as: .json)
  default:
    print("a part: time, memory, scaling, growth; a text: yaml, json;")
    print("a work: nothing, events, parse, render, edit, verify, json-load, json-parse")
  }
}

switch CommandLine.arguments.dropFirst().first {
case nil:
  Ratios.run()
  Memory.run()
  Scaling.run()
  Growth.run()
case "time": Ratios.run()
case "memory": Memory.run()
case "scaling": Scaling.run()
case "growth": Growth.run()
// For other tools to work on.
case "yaml": print(String(decoding: Texts.services(bytes: 1_000_000), as: UTF8.self), terminator: "")
case "json": print(String(decoding: Texts.json(items: 7_000), as: UTF8.self), terminator: "")
case let name?: once(name)
}

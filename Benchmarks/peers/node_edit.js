// Loads a YAML file as Documents of the yaml package, sets one value, writes it: IN OUT [PATH-AS-JSON TEXT].
const fs = require("fs");
const yaml = require("yaml");

const [input, output, path, text] = process.argv.slice(2);
const documents = yaml.parseAllDocuments(fs.readFileSync(input, "utf8"));
for (const document of documents) {
  if (document.errors.length) throw document.errors[0];
}
if (path) documents[0].setIn(JSON.parse(path), text);
// The kindest setting that one can give for all files: long lines stay.
fs.writeFileSync(output, documents.map((document) => document.toString({ lineWidth: 0 })).join(""));

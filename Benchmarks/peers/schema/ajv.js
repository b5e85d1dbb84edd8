// One turn of ajv: a line of JSON for each case.
const fs = require("fs");
const path = require("path");
const Ajv = require("ajv");

const folder = process.argv[2];
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const options = { format: false, unknownFormats: "ignore", logger: false, schemaId: "auto", nullable: true };

function microseconds(body) {
  body();
  let calls = 0;
  const start = process.cpuUsage();
  let spent = 0;
  do {
    body();
    calls += 1;
    const used = process.cpuUsage(start);
    spent = used.user + used.system;
  } while (spent < 100000);
  return spent / calls;
}

for (const name of process.argv.slice(3)) {
  const schema = read(path.join(folder, name, "schema.json"));
  const files = fs.readdirSync(path.join(folder, name, "instances")).sort();
  const instances = files.map((file) => read(path.join(folder, name, "instances", file)));
  try {
    const validate = new Ajv(options).compile(schema);
    const accepted = instances.filter((instance) => validate(instance)).length;
    const valid = microseconds(() => instances.forEach((instance) => validate(instance)));
    const compile = microseconds(() => new Ajv(options).compile(schema));
    console.log(JSON.stringify({ case: name, valid: valid / instances.length, compile, accepted }));
  } catch (error) {
    console.log(JSON.stringify({ case: name, fault: String(error.message).slice(0, 80) }));
  }
}

// node validate.cjs NODE_MODULES FILE...: holds files against the schema of SARIF 2.1.0 and prints what it has against them.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [packages, ...files] = process.argv.slice(2);
const Ajv = require(join(packages, 'ajv'));
const ajv = new Ajv({ schemaId: 'auto', allErrors: true, unknownFormats: [] });
ajv.addMetaSchema(require(join(packages, 'ajv', 'lib', 'refs', 'json-schema-draft-04.json')));
const validate = ajv.compile(require(join(packages, '@microsoft', 'jest-sarif', 'lib', 'schemas', 'sarif-2.1.0-rtm.5.json')));
for (const file of files) {
  if (validate(JSON.parse(readFileSync(file, 'utf8')))) continue;
  process.exitCode = 1;
  for (const error of validate.errors) console.log(`${file}${error.dataPath}: ${error.message} ${JSON.stringify(error.params)}`);
}

// Makes the generated sources: `npm run generate`. With --check it only says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { generateOperations } from '../packages/client/codegen.mjs';

const schema = readFileSync('packages/contract/schema.graphql', 'utf8');
const targets = {
  'packages/contract/src/generated/schema-text.ts': `// Made from schema.graphql by \`npm run generate\`; do not edit.

/** The whole GraphQL schema. */
export const schemaText = ${JSON.stringify(schema)};
`,
  'packages/client/src/generated/operations.ts': await generateOperations(),
};

for (const [target, text] of Object.entries(targets)) {
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is out of date: run "npm run generate" and commit the result.`);
    process.exitCode = 1;
  }
}

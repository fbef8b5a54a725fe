// Makes the generated sources: `npm run generate`. With --check it only says whether they are up to date.
import { readFileSync, writeFileSync } from 'node:fs';

const target = 'packages/contract/src/generated/schema-text.ts';
const schema = readFileSync('packages/contract/schema.graphql', 'utf8');
const text = `// Made from schema.graphql by \`npm run generate\`; do not edit.

/** The whole GraphQL schema. */
export const schemaText = ${JSON.stringify(schema)};
`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error(`${target} is out of date: run "npm run generate" and commit the result.`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(target, text);
}

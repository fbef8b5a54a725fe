// Makes the generated sources: `npm run generate`. With --check it only says whether they are up to date.
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateOperations } from '../packages/client/codegen.mjs';

const schema = readFileSync('packages/contract/schema.graphql', 'utf8');
const targets = {
  'packages/contract/src/generated/schema-text.ts': `// Made from schema.graphql by \`npm run generate\`; do not edit.

/** The whole GraphQL schema. */
export const schemaText = ${JSON.stringify(schema)};
`,
  'packages/client/src/generated/operations.ts': await generateOperations(
    'packages/client/src/operations.graphql',
    '../operation.ts',
  ),
};
// Each room of the web interface has its own.
for (const source of globSync('packages/web/src/*/operations.graphql').sort()) {
  targets[`${dirname(source)}/generated/operations.ts`] = await generateOperations(
    source,
    '@aqueduct/client/protocol',
  );
}

for (const [target, text] of Object.entries(targets)) {
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  } else if (read(target) !== text) {
    console.error(`${target} is out of date: run "npm run generate" and commit the result.`);
    process.exitCode = 1;
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

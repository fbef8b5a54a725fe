// Makes the types and texts of the operations in a .graphql file.
import { readFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { parse, print, stripIgnoredCharacters, visit } from 'graphql';

const ROOT = new URL('../../', import.meta.url);

/** After the types, each operation as a value whose type ties its text to them. */
const operationTexts = {
  plugin(_schema, [{ document }], { operationType }) {
    const fragments = new Map();
    for (const node of document.definitions) {
      if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
    }
    const operations = document.definitions.filter((node) => node.kind === 'OperationDefinition');
    return {
      prepend: [`import type { Operation } from '${operationType}';`],
      content: operations.map((operation) => declare(operation, fragments)).join('\n\n'),
    };
  },
};

function declare(operation, fragments) {
  const name = operation.name.value;
  const type = name + operation.operation.replace(/^./, (letter) => letter.toUpperCase());
  const text = [operation, ...usedFragments(operation, fragments)].map(print).join('\n');
  // Browsers load it.
  const short = stripIgnoredCharacters(text);
  const constant = name.replace(/^./, (letter) => letter.toLowerCase());
  return `export const ${constant}: Operation<${type}, ${type}Variables> = {\n  name: '${name}',\n  text: ${JSON.stringify(short)},\n};`;
}

function usedFragments(node, fragments, found = new Set()) {
  visit(node, {
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (!found.has(fragment)) usedFragments(fragment, fragments, found.add(fragment));
    },
  });
  return found;
}

/**
 * The text of the generated file.
 *
 * @param source - Path of the operations, from the root of the project.
 * @param operationType - Module that the type `Operation` comes from.
 */
export async function generateOperations(source, operationType) {
  const read = (path) => readFileSync(new URL(path, ROOT), 'utf8');
  const text = await codegen({
    filename: 'operations.ts',
    schema: parse(read('packages/contract/schema.graphql')),
    documents: [{ location: source, document: parse(read(source)) }],
    config: {
      enumType: 'string-literal',
      useTypeImports: true,
      skipTypename: true,
      scalars: { UUID: 'string', DateTime: 'string', Void: 'null' },
      defaultScalarType: 'unknown',
      strictScalars: true,
    },
    plugins: [{ typescriptOperations: {} }, { operationTexts: { operationType } }],
    pluginMap: { typescriptOperations, operationTexts },
  });
  return `// Made from operations.graphql and the schema by \`npm run generate\`; do not edit.\n\n${text}`;
}

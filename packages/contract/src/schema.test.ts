import { readFileSync } from 'node:fs';
import { type ASTNode, parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { schemaText } from './generated/schema-text.ts';

test('every type, field, argument, input field and enum value of the schema is described', () => {
  const above: string[] = [];
  const defined: string[] = [];
  const bare: string[] = [];
  visit(parse(schemaText), {
    enter(node: ASTNode) {
      if (!('name' in node && /Definition$/.test(node.kind))) return;
      above.push(node.name?.value ?? '');
      const path = above.join('.');
      defined.push(path);
      const description = 'description' in node ? node.description?.value : undefined;
      if (!description || /^(Additive\.)?\s*$/.test(description)) bare.push(path);
    },
    leave(node: ASTNode) {
      if ('name' in node && /Definition$/.test(node.kind)) above.pop();
    },
  });
  expect(defined).toEqual(
    expect.arrayContaining([
      'UUID',
      'TaskStatus.REVOKED',
      'TaskData.output.after',
      'TagsFilters.startsWith',
      'Query.tags.limit',
      'Mutation.rerunTask',
      'Subscription.taskUpdated',
    ]),
  );
  expect(bare).toEqual([]);
});

test('docs/api.md names every field and argument that the original did not have', () => {
  const api = readFileSync('docs/api.md', 'utf8');
  const additive: string[] = [];
  visit(parse(schemaText), {
    enter(node) {
      const isField = node.kind === 'FieldDefinition' || node.kind === 'InputValueDefinition';
      if (isField && node.description?.value.startsWith('Additive.')) additive.push(node.name.value);
    },
  });
  expect(additive).toEqual(expect.arrayContaining(['producedBy', 'startsWith', 'after', 'rerunTask']));
  expect(additive.filter((name) => !new RegExp(`\\b${name}\\b`).test(api))).toEqual([]);
});

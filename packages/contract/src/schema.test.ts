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

import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { Context } from '../access/context.ts';

/** An object of a list, besides its fields. */
const OBJECT = 5;
/** A field that is looked up, or a list of texts. */
const LOOKED_UP = 15;
/** Fields that can hold long texts. */
const TEXTS: Readonly<Record<string, number>> = {
  'ExperimentData.description': 200,
  'TaskEnvironment.script': 100,
  'TaskData.stdOut': 100,
  'TaskData.stdErr': 100,
  'TaskData.stdout': 100,
  'TaskData.stderr': 100,
  'TaskOutputChunk.text': 500,
};

type Resolver = GraphQLFieldResolver<unknown, { readonly ctx: Context }>;

/** Whether a field gives a list of objects. */
export function isListOfObjects(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type)) && isObjectType(getNamedType(type));
}

/** A resolver of a list of objects that takes from the budget of the answer; a list beyond it is empty. */
export function charged(resolve: Resolver = defaultFieldResolver): Resolver {
  return (source, args, context, info) => {
    const charge = (list: unknown) =>
      !Array.isArray(list) || context.ctx.budget.spend(list.length * costOfOne(info)) ? list : [];
    const list = resolve(source, args, context, info);
    return list instanceof Promise ? list.then(charge) : charge(list);
  };
}

/** By the nodes of a field, which stay the same for all lists that it gives. */
const known = new WeakMap<readonly FieldNode[], number>();

/** What each object of a list costs, without the lists of objects in it: they are charged when they are there. */
function costOfOne({ fieldNodes, returnType, fragments }: GraphQLResolveInfo): number {
  let cost = known.get(fieldNodes);
  if (cost === undefined) {
    cost = OBJECT;
    for (const { selectionSet } of fieldNodes) {
      cost += costOf(selectionSet, getNamedType(returnType) as GraphQLObjectType, fragments);
    }
    known.set(fieldNodes, cost);
  }
  return cost;
}

function costOf(
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLObjectType,
  fragments: GraphQLResolveInfo['fragments'],
): number {
  let cost = 0;
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === 'InlineFragment') {
      cost += costOf(selection.selectionSet, type, fragments);
    } else if (selection.kind === 'FragmentSpread') {
      cost += costOf(fragments[selection.name.value]?.selectionSet, type, fragments);
    } else {
      const name = selection.name.value;
      const field = type.getFields()[name];
      const isCheap = !field || (!field.resolve && !isListType(getNullableType(field.type)));
      cost += TEXTS[`${type.name}.${name}`] ?? (isCheap ? 1 : LOOKED_UP);
      const inner = field && getNullableType(field.type);
      if (isObjectType(inner)) cost += costOf(selection.selectionSet, inner, fragments);
    }
  }
  return cost;
}

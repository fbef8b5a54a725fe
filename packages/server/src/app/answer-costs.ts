import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
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
/** What a description costs at least: one of more characters costs as many, where it is read. */
const DESCRIPTION = 200;
/** Fields that can hold long texts. */
const TEXTS: Readonly<Record<string, number>> = {
  'ExperimentData.description': DESCRIPTION,
  'TaskEnvironment.script': 100,
  'TaskData.stdOut': 100,
  'TaskData.stdErr': 100,
  'TaskData.stdout': 100,
  'TaskData.stderr': 100,
  'TaskOutputChunk.text': 500,
};

type Resolver = GraphQLFieldResolver<unknown, { readonly ctx: Context }>;

/** Whether a field gives objects that take from the budget: lists of them, and what is looked up for each of a list. */
export function isCharged({ type, resolve }: GraphQLField<unknown, unknown>): boolean {
  return isObjectType(getNamedType(type)) && (resolve !== undefined || isListType(getNullableType(type)));
}

/**
 * A resolver of an object or a list of them that takes from the budget of the answer; a list beyond it is empty. An object
 * itself is paid for with the list that it stands in.
 */
export function charged(resolve: Resolver = defaultFieldResolver): Resolver {
  return (source, args, context, info) => {
    const charge = (found: unknown) => {
      const { each, descriptions } = costsOf(info);
      const isList = Array.isArray(found);
      let cost = isList ? found.length * each : 0;
      if (descriptions > 0)
        for (const object of isList ? found : [found]) cost += descriptions * longer(object);
      return cost === 0 || context.ctx.budget.spend(cost) || !isList ? found : [];
    };
    const found = resolve(source, args, context, info);
    return found instanceof Promise ? found.then(charge) : charge(found);
  };
}

/** By how much the description of an experiment is longer than what was paid for it. */
function longer(experiment: { readonly description?: string } | null | undefined): number {
  return Math.max(0, (experiment?.description?.length ?? 0) - DESCRIPTION);
}

/** What the objects of a field cost. */
interface Costs {
  /** Each of them, without the lists of objects in it: they are charged when they are there. */
  readonly each: number;
  /** How many times each holds its description. */
  readonly descriptions: number;
}

/** By the nodes of a field, which stay the same for all lists that it gives. */
const known = new WeakMap<readonly FieldNode[], Costs>();

function costsOf({ fieldNodes, returnType, fragments }: GraphQLResolveInfo): Costs {
  let costs = known.get(fieldNodes);
  if (costs === undefined) {
    const type = getNamedType(returnType) as GraphQLObjectType;
    let each = OBJECT;
    let descriptions = 0;
    for (const { selectionSet } of fieldNodes) {
      each += costOf(selectionSet, type, fragments);
      if (type.name === 'ExperimentData') descriptions += descriptionsIn(selectionSet, fragments);
    }
    costs = { each, descriptions };
    known.set(fieldNodes, costs);
  }
  return costs;
}

function descriptionsIn(
  selectionSet: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo['fragments'],
): number {
  let count = 0;
  for (const selection of selectionSet?.selections ?? []) {
    if (selection.kind === 'Field') count += selection.name.value === 'description' ? 1 : 0;
    else {
      const { selectionSet: inner } =
        selection.kind === 'InlineFragment' ? selection : (fragments[selection.name.value] ?? {});
      count += descriptionsIn(inner, fragments);
    }
  }
  return count;
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

import {
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
} from 'graphql';
import { AqueductError } from '../platform/errors/aqueduct-error.ts';

const FIELDS: ReadonlySet<string> = new Set(['returnCode', 'stdout', 'stderr', 'logExperiment', 'logFile']);

/**
 * Refuses fields of the blocking form where a task is only started: once it is, an answer without data would keep its
 * UUID from the caller.
 *
 * @throws AqueductError `BAD_INPUT` where the operation wants one, directly or by a fragment
 */
export function refuseBlockingFields({ fieldNodes, fragments, variableValues }: GraphQLResolveInfo): void {
  const isWanted = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false;
  const isBlocking = (node: SelectionNode): boolean => {
    if (!isWanted(node)) return false;
    if (node.kind === Kind.FIELD) return FIELDS.has(node.name.value);
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments[node.name.value] : node;
    return fragment?.selectionSet.selections.some(isBlocking) ?? false;
  };
  if (fieldNodes.some(({ selectionSet }) => selectionSet?.selections.some(isBlocking))) throw notBlocking();
}

/** Says what to ask for instead of a field of the blocking form. */
export function notBlocking(): AqueductError {
  return new AqueductError(
    'BAD_INPUT',
    'This field is answered by the blocking form of executeExtension, after the end. Ask for taskStatus, stdOut, ' +
      'stdErr and resultCode instead.',
  );
}

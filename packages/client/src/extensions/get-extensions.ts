import { checkFilledText, show } from '../check-arguments.ts';
import { checkOptions } from '../check-options.ts';
import type { Connection } from '../connection.ts';
import { RemoteOperationError } from '../errors/errors.ts';
import { attempt, Failure } from '../errors/failure.ts';
import { listExtensions } from '../generated/operations.ts';
import { type RequestOptions, requestOptions } from '../progress.ts';
import { Extension } from './extension.ts';
import type { ExtensionAction } from './extension-action.ts';

export async function getExtensions(connection: Connection, options: RequestOptions): Promise<Extension[]> {
  checkOptions('options', options, requestOptions);
  return attempt(RemoteOperationError, `list extensions at ${connection.place}`, () =>
    list(connection, options),
  );
}

export async function getAction(
  connection: Connection,
  extensionName: string,
  actionName: string,
  options: RequestOptions,
): Promise<ExtensionAction> {
  checkFilledText('extensionName', extensionName);
  checkFilledText('actionName', actionName);
  checkOptions('options', options, requestOptions);
  const what = `get the action ${show(actionName)} of ${show(extensionName)} at ${connection.place}`;
  return attempt(RemoteOperationError, what, async () => {
    const extension = theOne('extension', extensionName, await list(connection, options));
    return theOne('action', actionName, extension.actions);
  });
}

async function list(connection: Connection, { signal }: RequestOptions): Promise<Extension[]> {
  const { extensions } = await connection.graphql(listExtensions, {}, { signal });
  return extensions.map((extension) => new Extension(connection, extension));
}

/** Two folders may hold extensions of one name: then the server runs neither. */
function theOne<Item extends { readonly name: string }>(
  kind: string,
  name: string,
  items: readonly Item[],
): Item {
  const [found, second] = items.filter((item) => item.name === name);
  if (found && !second) return found;
  const others = items.map((item) => show(item.name)).join(', ');
  throw found
    ? new Failure('CONFLICT', `There are several ${kind}s of the name ${show(name)}.`)
    : new Failure('NOT_FOUND', `There is no such ${kind}; there is ${others || 'none at all'}.`);
}

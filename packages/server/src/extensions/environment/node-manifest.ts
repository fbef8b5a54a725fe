import { AqueductError } from '../../platform/errors/aqueduct-error.ts';

/** What the `package.json` of an extension asks of its packages. */
export interface NodeManifest {
  readonly dependsOnAnything: boolean;
  /** Whether npm has to run in the folder itself: scripts of its own, packages within it, or ones beside it. */
  readonly isTiedToFolder: boolean;
}

/** Scripts that npm runs in a folder when it installs what that depends on. */
const OWN_SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
];
/** `file:../tools`, which means another place in another folder. */
const PATH_UPWARDS = /["/:]\.\.["/]/;

/**
 * Understands a `package.json`.
 *
 * @throws AqueductError `BAD_INPUT` where it is no JSON
 */
export function parseNodeManifest(text: string): NodeManifest {
  let content: unknown;
  try {
    // npm takes a byte order mark, too.
    content = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new AqueductError('BAD_INPUT', 'The package.json of this extension is no JSON.');
  }
  const { dependencies, optionalDependencies, scripts, workspaces } = Object(content) as Record<
    string,
    unknown
  >;
  return {
    // Each workspace is linked, whether or not it stands among the dependencies.
    dependsOnAnything: [dependencies, optionalDependencies, workspaces].some(
      (each) => Object.keys(Object(each)).length > 0,
    ),
    isTiedToFolder:
      OWN_SCRIPTS.some((name) => name in Object(scripts)) ||
      workspaces !== undefined ||
      PATH_UPWARDS.test(text),
  };
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../packages/cli/bin/aqueduct.js', import.meta.url));

/** Root may do everything: tests then run programs as another user, whom the system asks for rights. */
export const isRoot = process.getuid?.() === 0;
export const NOBODY = 65_534;
/** What starts a program as a user who is asked for rights. */
export const AS_NOBODY = isRoot
  ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  : [];

/** Whether the command can be run by a user who is asked for rights; says so in words where it can't. */
export function canLackRights(): boolean {
  const [setpriv = '', ...flags] = AS_NOBODY;
  const can = !isRoot || spawnSync(setpriv, [...flags, 'test', '-r', COMMAND]).status === 0;
  if (!can) console.log('Left out: a user without rights, because only root can run the command here.');
  return can;
}

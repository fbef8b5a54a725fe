import { spawnSync } from 'node:child_process';

const SPAWN =
  'import os, pty, sys; end = pty.spawn(sys.argv[1:]); sys.exit(os.WEXITSTATUS(end) if os.WIFEXITED(end) else 128)';

/** Runs what follows in a terminal of its own, which is closed by killing this; what is written to this is typed there. */
export const IN_TERMINAL = ['python3', '-c', SPAWN] as const;

/** What Ctrl-C types. */
export const CTRL_C = '\x03';

/** Why there are no terminals here; undefined where there are. */
export function terminalProblem(): string | undefined {
  const [program, ...args] = [...IN_TERMINAL, 'true'];
  const { error, status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  return error || status !== 0 ? 'no Python is there that can open a terminal' : undefined;
}

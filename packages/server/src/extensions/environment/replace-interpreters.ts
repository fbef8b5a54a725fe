/** What scripts call by a variable that isn't one. */
export type Interpreter = 'python' | 'node';

/** `$python` or `${python}`, unless the dollar is escaped. */
const CALL = /(?<![\\$])((?:\\\\)*)\$(?:(python|node)\b|\{(python|node)\})/g;
/** Paths that mean themselves wherever they stand in a script. */
const PLAIN = /^[\w./+:@%,-]+$/;

/** Whether a script calls an interpreter. */
export function callsInterpreter(script: string, interpreter: Interpreter): boolean {
  return [...script.matchAll(CALL)].some((call) => (call[2] ?? call[3]) === interpreter);
}

/** Puts the paths of interpreters into a script. One with a blank is quoted as its place needs it. */
export function replaceInterpreters(
  script: string,
  paths: Readonly<Partial<Record<Interpreter, string>>>,
): string {
  return script.replace(CALL, (call, slashes: string, bare?: Interpreter, braced?: Interpreter, at = 0) => {
    const path = paths[bare ?? braced ?? 'python'];
    if (path === undefined) return call;
    return slashes + (PLAIN.test(path) ? path : quoted(path, openAfter(script.slice(0, at))));
  });
}

/** What is open at a place of a script; the last is the innermost. */
type Open = '"' | "'" | '`' | '(';

function quoted(path: string, open: Open | undefined): string {
  const single = `'${path.replaceAll("'", "'\\''")}'`;
  if (open === "'") return single.replaceAll("'", "'\\''");
  return open === '"' ? `"${single}"` : single;
}

/** The quotes or brackets that are open after a piece of a script. */
function openAfter(piece: string): Open | undefined {
  const open: Open[] = [];
  for (let i = 0; i < piece.length; i += 1) {
    const character = piece[i];
    const last = open.at(-1);
    if (character === (last === '(' ? ')' : last)) open.pop();
    else if (last === "'") continue;
    else if (character === '\\') i += 1;
    else if (character === '"' || character === '`') open.push(character);
    else if (character === '(' && (last !== '"' || piece[i - 1] === '$')) open.push(character);
    else if (character === "'" && last !== '"') open.push(character);
    else if (character === '#' && last !== '"' && /[\s;&|(]/.test(piece[i - 1] ?? ' ')) {
      const end = piece.indexOf('\n', i);
      i = end < 0 ? piece.length : end;
    }
  }
  return open.at(-1);
}

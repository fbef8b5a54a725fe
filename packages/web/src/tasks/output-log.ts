import type { ChunkFragment, TaskStream } from './generated/operations.ts';

/** A line of what a task printed. */
export interface OutputLine {
  /** From 1, over both streams. */
  readonly number: number;
  readonly stream: TaskStream;
  /** Escape sequences of colours that were set before it and still hold. */
  readonly colours: string;
  readonly text: string;
  /** Characters that are left out at its end. */
  readonly omitted: number;
}

/** What there is to show; each block stays the same object until something in it changes. */
export interface OutputView {
  readonly blocks: readonly (readonly OutputLine[])[];
  /** Lines that are left out at the beginning. */
  readonly omitted: number;
}

const BLOCK_LINES = 200;
/** A page with more of them becomes slow. */
const MOST_BLOCKS = 25;
const LONGEST_LINE = 4000;
const LONGEST_COLOURS = 200;
const COLOURS = /\x1b\[[\d;]*m/g;
/** Up to the last one. Without its `^`, it is tried anew from each character of a line without any. */
const RESETS = /^[\s\S]*\x1b\[0*m/;

/**
 * The end of what a task printed, in lines, as a terminal would show it. Both streams stand in the order in which their
 * lines began; one that goes on after the other has printed goes on in its own line.
 */
export class OutputLog {
  /** Number of the last chunk that it holds. */
  sequence = 0;
  #blocks: OutputLine[][] = [];
  #omitted = 0;
  #lines = 0;
  /** Where the lines are that may go on. */
  readonly #open: Partial<Record<TaskStream, OutputLine>> = {};
  readonly #colours: Record<TaskStream, string> = { STDOUT: '', STDERR: '' };

  /** Takes a chunk in; one that it has already changes nothing. */
  append({ sequence, stream, text }: ChunkFragment): void {
    if (sequence <= this.sequence) return;
    this.sequence = sequence;
    const parts = text.split('\n');
    for (const [i, part] of parts.entries()) {
      const isLast = i === parts.length - 1;
      if (!isLast || part !== '') this.#write(stream, part);
      if (!isLast) this.#endLine(stream);
    }
  }

  view(): OutputView {
    return { blocks: [...this.#blocks], omitted: this.#omitted };
  }

  #write(stream: TaskStream, part: string): void {
    const open = this.#open[stream];
    if (open) this.#replace(open, stream, written(open, part));
    else this.#add(stream, part);
  }

  #endLine(stream: TaskStream): void {
    const line = this.#open[stream];
    if (line) this.#colours[stream] = coloursAfter(line.colours + line.text);
    delete this.#open[stream];
  }

  #add(stream: TaskStream, part: string): void {
    const colours = this.#colours[stream];
    const line = written({ number: ++this.#lines, stream, colours, text: '', omitted: 0 }, part);
    this.#open[stream] = line;
    const last = this.#blocks.at(-1);
    if (last && last.length < BLOCK_LINES) this.#blocks[this.#blocks.length - 1] = [...last, line];
    else this.#blocks.push([line]);
    if (this.#blocks.length > MOST_BLOCKS) this.#omitted += this.#blocks.shift()?.length ?? 0;
  }

  #replace(line: OutputLine, stream: TaskStream, by: OutputLine): void {
    this.#open[stream] = by;
    const block = Math.floor((line.number - 1 - this.#omitted) / BLOCK_LINES);
    const lines = this.#blocks[block];
    if (lines) this.#blocks[block] = lines.map((each) => (each === line ? by : each));
  }
}

/** A line with more written into it. A carriage return begins it anew, as progress bars do. */
function written(line: OutputLine, part: string): OutputLine {
  const all = line.text + part;
  const from = all.slice(0, endOfText(all)).lastIndexOf('\r') + 1;
  const text = all.slice(from, from + LONGEST_LINE);
  const before = from > line.text.length ? 0 : line.omitted;
  return { ...line, text, omitted: before + all.length - from - text.length };
}

/** Where the carriage returns at its end begin. By hand: `/\r+$/` tries each of a long run anew. */
function endOfText(text: string): number {
  let end = text.length;
  while (text[end - 1] === '\r') end -= 1;
  return end;
}

function coloursAfter(text: string): string {
  if (!text.includes('\x1b')) return '';
  return (text.replace(RESETS, '').match(COLOURS) ?? []).join('').slice(-LONGEST_COLOURS);
}

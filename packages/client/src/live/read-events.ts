/** An event of a stream of server-sent events. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * The events of a body of the type `text/event-stream`, as the HTML standard says: lines end with LF, CR or both, a
 * blank line ends an event, a line that begins with a colon is a comment. What the end of the body cut off is no event.
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  let event = '';
  let data: string[] = [];
  for await (const line of readLines(chunks)) {
    if (line === '') {
      // One without data is none: so says the standard, and comments end with a blank line as well.
      if (data.length > 0) yield { event: event || 'message', data: data.join('\n') };
      event = '';
      data = [];
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    if (field === 'data') data.push(value);
  }
}

async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  // Pieces of a line that has not ended: joined once, or a line of many megabytes would be copied with every chunk.
  let begun: string[] = [];
  let endedWithReturn = false;
  for await (const chunk of chunks) {
    let text = decoder.decode(chunk, { stream: true });
    if (endedWithReturn && text !== '') {
      if (text.startsWith('\n')) text = text.slice(1);
      endedWithReturn = false;
    }
    const lines = text.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      yield begun.join('') + line;
      begun = [];
    }
    if (rest !== '') begun.push(rest);
    // Whether the other half of a line's end follows, the next chunk says.
    if (text.endsWith('\r')) endedWithReturn = true;
  }
}

const VERSION = { 'tus-resumable': '1.0.0' };

/** Begins an upload of so many bytes; gives the answer as it is. */
export function begin(
  base: string,
  size: number,
  metadata: Readonly<Record<string, string>>,
  more: { headers?: Readonly<Record<string, string>>; body?: Uint8Array<ArrayBuffer> } = {},
): Promise<Response> {
  const pairs = Object.entries(metadata).map(
    ([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`,
  );
  return fetch(`${base}/api/uploads`, {
    method: 'POST',
    headers: { ...VERSION, 'upload-length': String(size), 'upload-metadata': pairs.join(), ...more.headers },
    ...(more.body ? { body: more.body } : {}),
  });
}

/** Begins an upload to an experiment; gives its address. */
export async function begun(base: string, uuid: string, name: string, size: number): Promise<string> {
  const answer = await begin(base, size, { experiment: uuid, filename: name });
  const location = answer.headers.get('location');
  if (answer.status !== 201 || location === null) throw new Error(`${answer.status} ${await answer.text()}`);
  return new URL(location, answer.url).href;
}

/** Adds bytes at an offset. */
export function append(
  upload: string,
  offset: number,
  bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const request: RequestInit & { duplex: 'half' } = {
    method: 'PATCH',
    headers: {
      ...VERSION,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      ...headers,
    },
    body: bytes,
    duplex: 'half',
  };
  return fetch(upload, request);
}

/** How far an upload is. */
export async function offsetOf(upload: string): Promise<number> {
  const answer = await look(upload);
  const offset = answer.headers.get('upload-offset');
  if (answer.status !== 200 || offset === null) throw new Error(`status ${answer.status}`);
  return Number(offset);
}

/** Asks how far an upload is; gives the answer as it is. */
export function look(upload: string): Promise<Response> {
  return fetch(upload, { method: 'HEAD', headers: VERSION });
}

/** Discards an upload. */
export function discard(upload: string): Promise<Response> {
  return fetch(upload, { method: 'DELETE', headers: VERSION });
}

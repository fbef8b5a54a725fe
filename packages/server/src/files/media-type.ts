import mime from 'mime';

/** Where laboratories know better than the registry, or existing clients expect another name. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['md', 'text/x-markdown'],
  ['markdown', 'text/x-markdown'],
  ['mdown', 'text/x-markdown'],
  ['markdn', 'text/x-markdown'],
  ['py', 'text/x-python'],
  ['log', 'text/plain'],
  ['h5', 'application/x-hdf5'],
  ['hdf5', 'application/x-hdf5'],
  ['nc', 'application/x-netcdf'],
  ['gz', 'application/gzip'],
  ['ipynb', 'application/x-ipynb+json'],
  ['toml', 'application/toml'],
  // The names that Python gives them.
  ...['bat', 'c', 'h', 'ksh', 'pl', 'srt'].map((ending) => [ending, 'text/plain'] as const),
  ['mif', 'application/x-mif'],
  ['obj', 'application/octet-stream'],
  ['opus', 'audio/opus'],
  ['pyc', 'application/x-python-code'],
  ['rdf', 'application/xml'],
  ['sgml', 'text/x-sgml'],
  ['wav', 'audio/x-wav'],
]);

/** The media type of a file, by the ending of its name; texts are UTF-8. */
export function mediaTypeOf(name: string): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return OURS.get(ending) ?? mime.getType(`x.${ending}`) ?? 'application/octet-stream';
}

/** The `Content-Type` of a download. */
export function contentTypeOf(mediaType: string): string {
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
}

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
  ['tgz', 'application/gzip'],
  ['ipynb', 'application/x-ipynb+json'],
  ['toml', 'application/toml'],
  // The names that Python gives them.
  ...['bat', 'c', 'h', 'ksh', 'pl', 'srt'].map((ending) => [ending, 'text/plain'] as const),
  ['3gp', 'audio/3gpp'],
  ['m3u', 'application/vnd.apple.mpegurl'],
  ['man', 'application/x-troff-man'],
  ['me', 'application/x-troff-me'],
  ['mif', 'application/x-mif'],
  ['ms', 'application/x-troff-ms'],
  ['nws', 'message/rfc822'],
  ['obj', 'application/octet-stream'],
  ['opus', 'audio/opus'],
  ['ppa', 'application/vnd.ms-powerpoint'],
  ['pyc', 'application/x-python-code'],
  ['pyo', 'application/x-python-code'],
  ['rdf', 'application/xml'],
  ...['roff', 't', 'tr'].map((ending) => [ending, 'application/x-troff'] as const),
  ['sgm', 'text/x-sgml'],
  ['sgml', 'text/x-sgml'],
  ['wav', 'audio/x-wav'],
  ['wiz', 'application/msword'],
  ['wsdl', 'application/xml'],
  ['xlb', 'application/vnd.ms-excel'],
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

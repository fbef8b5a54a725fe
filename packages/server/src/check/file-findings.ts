import type { RecordedFile } from './check.queries.ts';
import type { Finding } from './finding.ts';
import type { ObjectState } from './inspect-object.ts';
import type { WrongName } from './inspect-readable-name.ts';

const NEXT_START = 'The next start of the server';
const RESTORE = 'Put it back from a copy of the data folder, or upload the file again.';

/** What a person reads of a file whose bytes are not those of the record. */
export function objectFinding(
  file: RecordedFile,
  object: ObjectState,
  name: WrongName | undefined,
): Finding | undefined {
  const { object_key, size, sha256 } = file;
  const about = { ...aboutFile(file), recorded: { size, sha256 } };
  switch (object.is) {
    case 'intact':
      return undefined;
    case 'missing':
      return {
        ...about,
        kind: 'missing',
        text:
          `the object objects/${object_key} is not on the disk. ` +
          (name?.is === 'copy'
            ? 'Its readable name still holds the bytes: `aqueduct check --adopt` takes them in again.'
            : RESTORE),
      };
    case 'changed': {
      const { found } = object;
      const isSizeRight = found.size === size;
      return {
        ...about,
        kind: 'changed',
        found,
        text:
          (isSizeRight
            ? `the bytes have the SHA-256 ${found.sha256}, but ${sha256} was recorded`
            : `there are ${found.size} bytes, but ${size} were recorded`) +
          ` (objects/${object_key}). Somebody wrote into the file, perhaps through its readable name, or the disk is ` +
          `failing. ${RESTORE}`,
      };
    }
    case 'unreadable':
      return {
        ...about,
        kind: 'unreadable',
        text: `the object objects/${object_key} can't be read: ${object.reason}. Is the disk failing? ${RESTORE}`,
      };
  }
}

/** What a person reads of a readable name that does not show the current version. */
export function nameFinding(
  file: RecordedFile,
  object: ObjectState,
  name: WrongName | undefined,
  refused: { readonly because: string } | undefined,
): Finding | undefined {
  if (!name) return undefined;
  const { eid, readable_name, size, sha256 } = file;
  const about = { ...aboutFile(file), subject: `${eid}/${readable_name}` };
  // A name can't be made right without the bytes, which are reported.
  const hasBytes = object.is !== 'missing';
  switch (name.is) {
    case 'absent':
      if (!hasBytes) return undefined;
      return {
        ...about,
        kind: 'readable',
        text: `the readable name is missing. ${NEXT_START} makes it again.`,
      };
    case 'older':
      if (!hasBytes) return undefined;
      return {
        ...about,
        kind: 'readable',
        text: `the readable name shows an older version. ${NEXT_START} makes it right.`,
      };
    case 'no-file':
      return name.shownAs === undefined && hasBytes
        ? {
            ...about,
            kind: 'readable',
            text: `something that is no file lies in its place. ${NEXT_START} shows the file beside it.`,
          }
        : {
            ...about,
            kind: 'by-hand',
            text: `something that is no file lies in its place; the file is shown as ${name.shownAs}.`,
          };
    case 'copy':
      if (!hasBytes && !refused) return undefined;
      return {
        ...about,
        kind: 'copy',
        text: refused
          ? `it stays a copy of its own: ${refused.because}`
          : 'it is a copy of its own with the bytes of the record, as when a data folder was copied without its ' +
            'links. `aqueduct check --adopt` makes them one.',
      };
    case 'other': {
      const bytes = { recorded: { size, sha256 }, found: name.found };
      if (!name.isNewer && name.shownAs !== undefined) {
        return {
          ...about,
          ...bytes,
          kind: 'by-hand',
          text:
            'somebody put it there before the version of the record was stored, which is shown as ' +
            `${name.shownAs}. Rename it to take it in as a file of its own.`,
        };
      }
      return {
        ...about,
        ...bytes,
        kind: 'edited',
        text: refused
          ? `it does not hold the bytes of the record, and stays: ${refused.because}`
          : 'it does not hold the bytes of the record: somebody edited or replaced it. `aqueduct check --adopt` takes ' +
            `it in as the new version; where it is not wanted, delete it, and ${NEXT_START.toLowerCase()} shows the ` +
            'recorded one.',
      };
    }
  }
}

function aboutFile({ eid, name }: RecordedFile) {
  return { subject: `${eid}/${name}`, eid, name };
}

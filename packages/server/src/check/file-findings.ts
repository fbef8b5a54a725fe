import type { RecordedFile } from './check.queries.ts';
import type { Finding } from './finding.ts';
import type { ObjectState } from './inspect-object.ts';
import type { WrongName } from './inspect-readable-name.ts';

const RESTORE = 'Put it back from a copy of the data folder, or upload the file again.';
const MEND = 'The readable name still holds the bytes: `aqueduct check --adopt` takes them in again.';

/** What a person reads of a file whose bytes are not those of the record. */
export function objectFinding(
  file: RecordedFile,
  object: ObjectState,
  name: WrongName | undefined,
): Finding | undefined {
  const { eid, name: fileName, object_key, size, sha256 } = file;
  const about = { subject: `${eid}/${fileName}`, eid, name: fileName, recorded: { size, sha256 } };
  const what = `the object objects/${object_key}`;
  const advice = name?.is === 'copy' ? MEND : RESTORE;
  switch (object.is) {
    case 'intact':
      return undefined;
    case 'missing':
      return { ...about, kind: 'missing', text: `${what} is not on the disk. ${advice}` };
    case 'unreadable':
      return { ...about, kind: 'unreadable', text: `${what} can't be read: ${object.reason}. ${advice}` };
    case 'changed': {
      const { found } = object;
      const difference =
        found.size === size
          ? `has the SHA-256 ${found.sha256}, but ${sha256} was recorded`
          : `has ${found.size} bytes, but ${size} were recorded`;
      const text =
        `${what} ${difference}: somebody wrote into the file, perhaps through its readable name, or the disk is ` +
        `failing. ${advice}`;
      return { ...about, kind: 'changed', found, text };
    }
  }
}

/**
 * What a person reads of a readable name that does not show the current version.
 *
 * @param refused - Why what lies there was not taken in, where that was tried.
 */
export function nameFinding(
  file: RecordedFile,
  object: ObjectState,
  name: WrongName,
  refused: string | undefined,
): Finding | undefined {
  const { eid, readable_name, size, sha256 } = file;
  const about = { subject: `${eid}/${readable_name}`, eid, name: file.name };
  // The name can't be right without the bytes, which are reported.
  const hasBytes = object.is === 'intact';
  switch (name.is) {
    case 'absent':
      if (!hasBytes) return undefined;
      return {
        ...about,
        kind: 'readable',
        text: `the readable name is missing. ${nextStart('makes it again')}`,
      };
    case 'older': {
      if (!hasBytes) return undefined;
      return {
        ...about,
        kind: 'readable',
        text: `the readable name shows an older version. ${nextStart('makes it right')}`,
      };
    }
    case 'another': {
      const text = `the readable name shows ${name.name}, another file of this experiment, for want of its own`;
      return {
        ...about,
        kind: 'readable',
        text: `${text}. ${nextStart('makes it right where that is free')}`,
      };
    }
    case 'no-file': {
      const text = 'something that is no file lies in its place';
      if (name.shownAs !== undefined)
        return { ...about, kind: 'by-hand', text: `${text}; the file is shown as ${name.shownAs}.` };
      if (!hasBytes) return undefined;
      return { ...about, kind: 'readable', text: `${text}. ${nextStart('shows the file beside it')}` };
    }
    case 'stale': {
      if (!hasBytes) return undefined;
      const text =
        name.found.sha256 === undefined
          ? "a copy on this disk that can't be read"
          : 'a copy on this disk with other bytes than those of the record: of an older version, or changed since';
      return {
        ...about,
        kind: 'readable',
        recorded: { size, sha256 },
        found: name.found,
        text: `${text}. Delete it, or give it a name of its own: ${nextStart('shows the recorded version')}`,
      };
    }
    case 'copy': {
      const text = refused
        ? `a copy of its own with the bytes of the record, and stays one: ${refused}`
        : 'a copy of its own with the bytes of the record, as when a data folder was copied without its links. ' +
          '`aqueduct check --adopt` makes them one.';
      return hasBytes || refused ? { ...about, kind: 'copy', text } : undefined;
    }
    case 'other': {
      const bytes = { recorded: { size, sha256 }, found: name.found };
      if (!name.isNewer) {
        const shown = name.shownAs === undefined ? 'not shown' : `shown as ${name.shownAs}`;
        const text =
          `it was there before the version of the record was stored, which is ${shown}. Rename it to take it in as a ` +
          'file of its own, or delete it.';
        return { ...about, ...bytes, kind: 'by-hand', text };
      }
      const text = refused
        ? `other bytes than those of the record, and they stay: ${refused}`
        : 'other bytes than those of the record: somebody edited or replaced it. `aqueduct check --adopt` takes them ' +
          `in as the new version. Or delete it: ${nextStart('shows the recorded version')}`;
      return { ...about, ...bytes, kind: 'edited', text };
    }
  }
}

/** What a person reads of what lies under the name of a file and could not be taken in. */
export function failedFinding({ eid, readable_name, name }: RecordedFile, reason: string): Finding {
  const text = `it could not be taken in, and stays as it is: ${reason}`;
  return { kind: 'failed', subject: `${eid}/${readable_name}`, eid, name, text };
}

function nextStart(does: string): string {
  return `The next start of the server ${does}.`;
}

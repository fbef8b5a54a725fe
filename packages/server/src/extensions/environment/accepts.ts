import { satisfies, validRange } from '@renovatebot/pep440';

/** Whether a range of versions has a version; one that is empty or can't be understood has all. */
export function accepts(range: string | null, version: string): boolean {
  return !range || !validRange(range) || satisfies(version, range, { prereleases: true });
}

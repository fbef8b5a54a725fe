import { parseViewerSettings, type ViewerSettings } from '../files/viewers/viewer-settings.ts';

/** So many columns can still be looked over. */
export const MOST_COMPARED = 8;

/** What the address of a comparison says; how the plot looks, as with other plots. */
export interface CompareSearch extends ViewerSettings {
  /** The experiments in their order, with commas between. */
  readonly eids?: string | undefined;
  /** Which part of the page is shown; without it, the differences. */
  readonly view?: 'overlay' | undefined;
  /** Rows that are the same in all are shown too. */
  readonly equal?: 'shown' | undefined;
  /** Name of the file whose curves are laid over each other. */
  readonly file?: string | undefined;
  /** Curves that are not drawn: their EIDs, with commas between. */
  readonly hidden?: string | undefined;
}

/** Reads an address; what it can't mean is left out. */
export function parseCompareSearch(raw: Readonly<Record<string, unknown>>): CompareSearch {
  return {
    ...textOf('eids', raw),
    ...(raw.view === 'overlay' && { view: raw.view }),
    ...(raw.equal === 'shown' && { equal: raw.equal }),
    ...textOf('file', raw),
    ...textOf('hidden', raw),
    ...parseViewerSettings(raw),
  };
}

/** A list of EIDs as it stands in an address: each of them once. */
export function eidsIn(text: string | undefined): readonly string[] {
  const eids = (text ?? '').split(',').map((eid) => eid.trim());
  return [...new Set(eids)].filter((eid) => eid !== '');
}

/** A list of EIDs for an address; undefined where there is none in it. */
export function eidsText(eids: readonly string[]): string | undefined {
  return eids.join(',') || undefined;
}

function textOf<Name extends string>(name: Name, raw: Readonly<Record<string, unknown>>) {
  const text = raw[name];
  return typeof text === 'string' && text !== '' ? ({ [name]: text } as Record<Name, string>) : {};
}

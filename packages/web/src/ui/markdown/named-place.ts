import { ID_PREFIX } from './heading-ids.ts';

/** What `#name` means in a text: one of its headings, as in GitHub's addresses, or a footnote. */
export function findNamed(hash: string, text: ParentNode): HTMLElement | undefined {
  const name = nameIn(hash).toLowerCase();
  const id = name.startsWith(ID_PREFIX) ? name : ID_PREFIX + name;
  return text.querySelector<HTMLElement>(`#${CSS.escape(id)}`) ?? undefined;
}

/** Without the `#`, and as it was before it was part of an address. */
export function nameIn(hash: string): string {
  const name = hash.replace(/^#/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Brings it into view, and the focus to it, so that a screen reader goes on there. */
export function show(named: HTMLElement): void {
  // A link back from a footnote can have the focus as it is.
  if (named.tabIndex < 0) named.tabIndex = -1;
  named.focus({ preventScroll: true });
  named.scrollIntoView();
}

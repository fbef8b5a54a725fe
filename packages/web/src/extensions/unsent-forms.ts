import { holdPage } from '../session/unsaved.ts';
import type { Values } from './extension.ts';

/** What was filled into forms that were not sent, until the page is left. */
const forms = new Map<string, Values>();
holdPage(() => forms.size > 0);

/** What was filled in; undefined where the form was sent since, or nothing was. */
export function unsentValues(form: string): Values | undefined {
  return forms.get(form);
}

/** Keeps what is filled in, so that a slip of a key loses nothing. */
export function keepUnsent(form: string, changed: Values): void {
  forms.set(form, { ...forms.get(form), ...changed });
}

/** It was sent. */
export function forgetUnsent(form: string): void {
  forms.delete(form);
}

import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { areKeysTaken } from './dialog-keys.ts';

/** What keys do: by the name that `KeyboardEvent.key` has for them. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Held down, these walk on; others act once. */
const WALKING: ReadonlySet<string> = new Set(['j', 'k', 'ArrowDown', 'ArrowUp']);

const SWITCH = { key: 'aqueduct-single-keys', defaultValue: true };

/** Whether keys that write something act by themselves: they need not, for those who speak to their computer. */
export function useKeySwitch() {
  return useLocalStorage(SWITCH);
}

/** Lets single keys act on a page, except while somebody writes, a dialog or menu is open, or with Ctrl and the like. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.defaultPrevented || isTaken(event.target)) return;
      const act = current.current[event.key];
      if (!act || (event.key.length === 1 && !readLocalStorageValue(SWITCH))) return;
      event.preventDefault();
      if (event.repeat && !WALKING.has(event.key)) return;
      act(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isTaken(target: EventTarget | null): boolean {
  if (areKeysTaken()) return true;
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox';
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}

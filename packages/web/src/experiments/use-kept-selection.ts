import { useCallback, useLayoutEffect, useRef } from 'react';
import { followChange } from './follow-change.ts';

/**
 * Keeps the selection of a field where it is in its text when that is changed by somebody else: browsers put the caret
 * at the end, and what is typed next would come there.
 */
export function useKeptSelection(text: string) {
  const field = useRef<HTMLTextAreaElement>(null);
  const noted =
    useRef<Pick<HTMLTextAreaElement, 'value' | 'selectionStart' | 'selectionEnd' | 'selectionDirection'>>(
      null,
    );
  const noteSelection = useCallback(() => {
    if (!field.current) return;
    const { value, selectionStart, selectionEnd, selectionDirection } = field.current;
    noted.current = { value, selectionStart, selectionEnd, selectionDirection };
  }, []);
  useLayoutEffect(() => {
    // What was typed here is noted already.
    if (!field.current || !noted.current || noted.current.value === text) return;
    const { value, selectionStart, selectionEnd, selectionDirection } = noted.current;
    const [start, end] = [selectionStart, selectionEnd].map((place) => followChange(place, value, text));
    field.current.setSelectionRange(start ?? 0, end ?? 0, selectionDirection);
    noteSelection();
  }, [text, noteSelection]);
  return { field, noteSelection };
}

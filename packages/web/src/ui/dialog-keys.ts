import { useLayoutEffect, useRef } from 'react';

/** How many dialogs were asked for and are not closed yet; the code of some may still be on its way. */
let wanted = 0;

/** Whether keys belong to a dialog or menu, also while that is not there yet. */
export function areKeysTaken(): boolean {
  return wanted > 0 || document.querySelector(`${DIALOG}, [role="menu"]`) !== null;
}

const DIALOG = '[role="dialog"]:not([data-hidden])';

/**
 * Keeps keys from acting on the page from the press on that opens a dialog. What is typed before the dialog is there is
 * lost: it was not meant for what has the focus still. Escape gives it up.
 */
export function useDialogKeys(isOpen: boolean, onClose: () => void): void {
  const close = useRef(onClose);
  useLayoutEffect(() => {
    close.current = onClose;
  });
  useLayoutEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    const drop = (event: KeyboardEvent) => {
      const isElsewhere = event.target !== opener && event.target !== document.body;
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab') return;
      if (document.querySelector(DIALOG)) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Escape') close.current();
    };
    wanted += 1;
    window.addEventListener('keydown', drop, { capture: true });
    return () => {
      wanted -= 1;
      window.removeEventListener('keydown', drop, { capture: true });
    };
  }, [isOpen]);
}

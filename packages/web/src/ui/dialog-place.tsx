import { CatchBoundary } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useDialogKeys } from './dialog-keys.ts';
import { tellFailure } from './tell.ts';

interface DialogPlaceProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Drawn from the first opening on. */
  readonly children: ReactNode;
}

/**
 * Where a dialog is drawn. If it fails, or its code can't be loaded, that is told and it closes; the page around it, and
 * what somebody writes there, stays. When it closes, the focus goes back to where it was.
 */
export function DialogPlace({ isOpen, onClose, children }: DialogPlaceProps) {
  const [wasOpen, setWasOpen] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const [opener, setOpener] = useState<Element | null>(null);
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) {
      setDrawn(true);
      // Before the dialog is drawn, which takes the focus.
      setOpener(document.activeElement);
    }
  }
  useDialogKeys(isOpen, onClose);
  useEffect(() => {
    if (!isOpen) giveFocusBack(opener);
  }, [isOpen, opener]);
  return (
    <CatchBoundary
      getResetKey={() => String(isDrawn)}
      errorComponent={Nothing}
      onCatch={(error) => {
        setDrawn(false);
        tellFailure('This can not be opened now', error instanceof Error ? error.message : String(error));
        onClose();
      }}
    >
      <Suspense>{isDrawn && children}</Suspense>
    </CatchBoundary>
  );
}

function Nothing() {
  return null;
}

/** Unless it is in use elsewhere by now. */
function giveFocusBack(opener: Element | null): void {
  const active = document.activeElement;
  const isFree = active === null || active === document.body || active.closest('[role="dialog"]') !== null;
  if (isFree && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
}

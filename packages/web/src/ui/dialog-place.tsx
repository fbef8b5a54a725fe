import { CatchBoundary } from '@tanstack/react-router';
import { type ReactNode, type RefObject, useEffect, useState } from 'react';
import { useDialogKeys } from './dialog-keys.ts';
import { tellFailure } from './tell.ts';

interface DialogPlaceProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Gets the focus where what opened the dialog is gone when that closes. */
  readonly elsewhere?: RefObject<HTMLElement | null>;
  /** Drawn from the first opening on. */
  readonly children: ReactNode;
}

/**
 * Where a dialog is drawn. If it fails, or its code can't be loaded, that is told until it or another page is opened, and it
 * closes; the page around it, and what somebody writes there, stays. When it closes, the focus goes back to where it was.
 */
export function DialogPlace({ isOpen, onClose, elsewhere, children }: DialogPlaceProps) {
  const [wasOpen, setWasOpen] = useState(false);
  const [isDrawn, setDrawn] = useState(false);
  const [opener, setOpener] = useState<Element | null>(null);
  const [takeBack, setTakeBack] = useState<() => void>();
  if (isOpen !== wasOpen) {
    setWasOpen(isOpen);
    if (isOpen) {
      setDrawn(true);
      setTakeBack(undefined);
      // Before the dialog is drawn, which takes the focus.
      setOpener(document.activeElement);
    }
  }
  useEffect(() => takeBack, [takeBack]);
  useDialogKeys(isOpen, onClose);
  useEffect(() => {
    if (!isOpen) giveFocusBack(opener?.isConnected ? opener : elsewhere?.current);
  }, [isOpen, opener, elsewhere]);
  return (
    <CatchBoundary
      getResetKey={() => String(isDrawn)}
      errorComponent={Nothing}
      onCatch={(error) => {
        setDrawn(false);
        const reason = error instanceof Error ? error.message : String(error);
        const told = tellFailure('This can not be opened now', reason);
        setTakeBack(() => told);
        onClose();
      }}
    >
      {isDrawn && children}
    </CatchBoundary>
  );
}

function Nothing() {
  return null;
}

/** Unless it is in use elsewhere by now. */
function giveFocusBack(place: Element | null | undefined): void {
  const active = document.activeElement;
  const isFree = active === null || active === document.body || active.closest('[role="dialog"]') !== null;
  if (isFree && place instanceof HTMLElement) place.focus({ preventScroll: true });
}

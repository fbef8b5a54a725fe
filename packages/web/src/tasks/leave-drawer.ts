import { createContext, type MouseEvent, useContext } from 'react';

/** What a link in a drawer does besides leading somewhere: where that is the page below, the drawer would hide it. */
export const LeaveDrawer = createContext<(() => void) | undefined>(undefined);

/** For the links in a drawer. */
export function useLeaveDrawer(): (event: MouseEvent) => void {
  const leave = useContext(LeaveDrawer);
  // With these keys a link opens elsewhere.
  return ({ ctrlKey, metaKey, shiftKey }) => {
    if (!ctrlKey && !metaKey && !shiftKey) leave?.();
  };
}

import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';
import { tellFailure } from './tell.ts';

const SHOWN_MS = 1500;

/** Copies texts, and says for a moment that it did; or that it can not be. */
export function useCopy() {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (text: string) => {
    try {
      await copyText(text);
      setCopied(true);
    } catch {
      tellFailure(
        'Could not copy it',
        `The browser does not let this page copy. It would have been: ${text}`,
      );
    }
  };
  return { isCopied, copy: (text: string) => void copy(text) };
}

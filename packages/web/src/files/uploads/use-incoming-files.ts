import { useEffect, useEffectEvent, useState } from 'react';
import { tell } from '../../ui/tell.ts';

/** Browsers tell of files over the page every 50 to 550 ms. */
const OVER_MS = 1000;

/** A file with the name that it gets. */
export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

/**
 * Files that are dropped anywhere on the page, and images that are pasted.
 *
 * @returns whether files are over the page right now.
 */
export function useIncomingFiles(
  isWelcome: boolean,
  onFiles: (files: readonly NamedFile[]) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const receive = useEffectEvent(onFiles);
  useEffect(() => {
    if (!isWelcome) return;
    let ending: number | undefined;
    const over = (is: boolean) => {
      clearTimeout(ending);
      setOver(is);
      // Nothing tells that files are taken away from an element that goes meanwhile.
      if (is) ending = window.setTimeout(setOver, OVER_MS, false);
    };
    const listening = new AbortController();
    const listen = <Type extends 'dragover' | 'dragleave' | 'drop' | 'paste'>(
      type: Type,
      handle: (event: WindowEventMap[Type]) => void,
    ) => window.addEventListener(type, handle, { signal: listening.signal });
    const onlyFiles = (handle: (event: DragEvent) => unknown) => (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Otherwise the browser opens the file in place of the page.
      event.preventDefault();
      handle(event);
    };
    listen(
      'dragover',
      onlyFiles(() => over(true)),
    );
    // Elements within the page are left too.
    listen(
      'dragleave',
      onlyFiles(({ relatedTarget }) => relatedTarget === null && over(false)),
    );
    listen(
      'drop',
      onlyFiles(({ dataTransfer }) => {
        over(false);
        const files = droppedFiles(dataTransfer as DataTransfer);
        if (files.length > 0) receive(files);
      }),
    );
    listen('paste', (event) => {
      const images = pastedImages(event);
      if (images.length === 0) return;
      event.preventDefault();
      receive(images);
    });
    return () => {
      listening.abort();
      over(false);
    };
  }, [isWelcome]);
  return isOver;
}

function droppedFiles({ items }: DataTransfer): NamedFile[] {
  const entries = [...items].filter(({ kind }) => kind === 'file');
  const files = entries.filter((item) => !item.webkitGetAsEntry()?.isDirectory);
  if (files.length < entries.length) tell('Folders are left out: an experiment holds files only.');
  return files
    .map((item) => item.getAsFile())
    .filter((file) => file !== null)
    .map((file) => ({ name: file.name, file }));
}

/** What has text as well is meant as text: spreadsheets give a picture along. */
function pastedImages({ clipboardData }: ClipboardEvent): NamedFile[] {
  if (!clipboardData || clipboardData.types.includes('text/plain')) return [];
  const images = [...clipboardData.files].filter(({ type }) => type.startsWith('image/'));
  return images.map((file, i) => ({
    name: `pasted-${timeMark(new Date())}${i > 0 ? `-${i + 1}` : ''}.${file.type.replace(/^image\/(\w+).*$/, '$1')}`,
    file,
  }));
}

/** `20250301-142305`, of the local time. */
function timeMark(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
}

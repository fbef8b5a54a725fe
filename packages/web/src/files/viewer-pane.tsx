import { ActionIcon, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconDownload, IconExternalLink, IconFileSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { byteText } from '../ui/byte-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import { visibleName } from '../ui/visible-name.ts';
import { fileAddress } from './file-link.ts';
import type { ListedFile } from './use-files.ts';
import { VersionedPictures } from './versioned-pictures.tsx';
import classes from './viewer-pane.module.css';
import { fileSource } from './viewers/file-source.ts';
import { viewersFor } from './viewers/registry.ts';
import { useHead } from './viewers/use-head.ts';
import { useViewerSettings } from './viewers/use-viewer-settings.ts';
import { ViewerFrame } from './viewers/viewer-frame.tsx';

/** With less of it in sight, nobody sees that it opened. */
const IN_SIGHT_PX = 150;

interface ViewerPaneProps {
  readonly experimentUuid: string;
  readonly eid: string;
  /** What the address names; there may be no such file. */
  readonly name: string | undefined;
  readonly file: ListedFile | undefined;
  readonly onClose: () => void;
}

/** The viewer beside the list, with what can be done with its file. */
export function ViewerPane({ name, file, onClose, ...experiment }: ViewerPaneProps) {
  const pane = useRef<HTMLElement>(null);
  const isOpen = file !== undefined;
  // On a narrow screen it stands below the list: whoever chooses a file there would see nothing happen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another file was chosen.
  useEffect(() => {
    const wasChosenHere = document.activeElement?.closest('table') != null;
    const top = pane.current?.getBoundingClientRect().top ?? 0;
    if (isOpen && wasChosenHere && top > window.innerHeight - IN_SIGHT_PX)
      pane.current?.scrollIntoView({ block: 'nearest' });
  }, [name, isOpen]);
  return (
    <section ref={pane} aria-label="Viewer" className={classes.pane} data-empty={!file || undefined}>
      {file ? (
        <OpenFile key={file.name} file={file} onClose={onClose} {...experiment} />
      ) : name === undefined ? (
        <Notice icon={IconFileSearch} title="No file selected">
          Choose one in the list to see it here.
        </Notice>
      ) : (
        <Notice icon={IconFileSearch} title="There is no such file">
          “{visibleName(name.slice(0, 255))}” is not among the files of this experiment. It may have been
          deleted.
        </Notice>
      )}
    </section>
  );
}

function OpenFile({
  experimentUuid,
  eid,
  file,
  onClose,
}: Omit<ViewerPaneProps, 'name' | 'file'> & { readonly file: ListedFile }) {
  const { name, size, modifiedAt, sha256 } = file;
  // Another object for the viewer only when the file is another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its bytes are what its hash says.
  const source = useMemo(() => fileSource(experimentUuid, eid, file), [experimentUuid, eid, name, sha256]);
  const named = viewersFor(source);
  const head = useHead(source, named.length === 1);
  const able = head ? viewersFor({ ...source, head }) : named;
  const [{ as }, changeSettings] = useViewerSettings();
  const viewer = able.find((candidate) => candidate.name === as) ?? able[0];
  return (
    <>
      <header className={classes.head}>
        <h3 className={classes.name} title={name}>
          {visibleName(name)}
        </h3>
        <Text size="xs" c="dimmed" className={classes.facts}>
          {byteText(size)} · <Time value={modifiedAt} />
        </Text>
        <div className={classes.actions}>
          {able.length > 1 && (
            <SegmentedControl
              size="xs"
              aria-label="Show as"
              value={viewer.name}
              onChange={(chosen) => changeSettings({ as: chosen === able[0].name ? undefined : chosen })}
              data={able.map((candidate) => candidate.name)}
            />
          )}
          <LinkIcon label="Download" href={fileAddress(experimentUuid, name, { download: true })} isDownload>
            <IconDownload size={16} />
          </LinkIcon>
          <LinkIcon label="Open in a new tab" href={fileAddress(experimentUuid, name)}>
            <IconExternalLink size={16} />
          </LinkIcon>
          <CopyButton text={name} what="name of the file" />
          <Tooltip label="Close the viewer">
            <ActionIcon size="sm" aria-label="Close the viewer" onClick={onClose}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      </header>
      <VersionedPictures experimentUuid={experimentUuid}>
        <ViewerFrame key={viewer.name} viewer={viewer} source={source} />
      </VersionedPictures>
    </>
  );
}

interface LinkIconProps {
  readonly label: string;
  readonly href: string;
  readonly isDownload?: boolean;
  readonly children: ReactNode;
}

function LinkIcon({ label, href, isDownload = false, children }: LinkIconProps) {
  const target = isDownload ? { download: true } : { target: '_blank', rel: 'noreferrer' };
  return (
    <Tooltip label={label}>
      <ActionIcon component="a" size="sm" aria-label={label} href={href} {...target}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

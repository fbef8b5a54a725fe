import { discardUnfinished, openBlob } from '@aqueduct/client/protocol';
import { Button, FileButton, Text } from '@mantine/core';
import { IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { connection } from '../../session/ask.ts';
import { tellFailed } from '../../session/failure-text.ts';
import { byteText } from '../../ui/byte-text.ts';
import { tellFailure } from '../../ui/tell.ts';
import { visibleName } from '../../ui/visible-name.ts';
import { uploadQueue } from './page-uploads.ts';
import classes from './upload-list.module.css';
import type { Upload } from './upload-queue.ts';
import { type Unfinished, useUnfinishedUploads } from './use-unfinished-uploads.ts';

interface UnfinishedUploadsProps {
  readonly experimentUuid: string;
  /** Those of this page, which has their files still. */
  readonly uploads: readonly Upload[];
}

/** What broke off when its page was closed or loaded again. A browser keeps no file: it has to be chosen again. */
export function UnfinishedUploads({ experimentUuid, uploads }: UnfinishedUploadsProps) {
  const { data = [], refetch } = useUnfinishedUploads(experimentUuid);
  const ownNames = new Set(uploads.filter(({ state }) => state !== 'done').map(({ name }) => name));
  const shown = data.filter(({ identity }) => !ownNames.has(identity.name));
  if (shown.length === 0) return null;
  const goOn = ({ identity }: Unfinished, file: File) => {
    if (file.size !== identity.size || openBlob(file).identity !== identity.file) {
      const title = `“${file.name}” is not the file that was being uploaded`;
      tellFailure(
        title,
        'Its name, size or date is another one. Choose the same file, or upload this one anew.',
      );
    } else uploadQueue.add(experimentUuid, [{ name: identity.name, file }]);
  };
  const discard = async (upload: Unfinished) => {
    await discardUnfinished(connection, upload).catch((error: unknown) =>
      tellFailed(`discard the upload of “${upload.identity.name}”`, error),
    );
    await refetch();
  };
  return (
    <section aria-label="Unfinished uploads" className={classes.uploads}>
      <Text size="sm">
        {shown.length === 1 ? 'An upload is unfinished.' : `${shown.length} uploads are unfinished.`} Choose
        the same file again, or drop it here, and it goes on where it stopped.
      </Text>
      <ul className={classes.list}>
        {shown.map((upload) => (
          <UnfinishedRow
            key={upload.address}
            upload={upload}
            onChoose={(file) => goOn(upload, file)}
            onDiscard={() => void discard(upload)}
          />
        ))}
      </ul>
    </section>
  );
}

interface UnfinishedRowProps {
  readonly upload: Unfinished;
  readonly onChoose: (file: File) => void;
  readonly onDiscard: () => void;
}

function UnfinishedRow({ upload: { identity, received }, onChoose, onDiscard }: UnfinishedRowProps) {
  const { name, size } = identity;
  const forgetChosen = useRef<() => void>(null);
  return (
    <li className={classes.unfinished}>
      <span className="truncate" title={name}>
        {visibleName(name)}
      </span>
      <span className={classes.amount}>
        {Math.floor((100 * received) / size)} % of {byteText(size)} are there
      </span>
      <FileButton
        resetRef={forgetChosen}
        onChange={(file) => {
          if (file) onChoose(file);
          forgetChosen.current?.();
        }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            leftSection={<IconPlayerPlay size={15} />}
            aria-label={`Choose ${name} again to go on`}
          >
            Choose again
          </Button>
        )}
      </FileButton>
      <Button
        variant="default"
        leftSection={<IconTrash size={15} />}
        aria-label={`Discard the upload of ${name}`}
        onClick={onDiscard}
      >
        Discard
      </Button>
    </li>
  );
}

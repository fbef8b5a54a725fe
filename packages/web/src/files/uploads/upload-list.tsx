import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { IconRefresh, IconX } from '@tabler/icons-react';
import { actionFailureText } from '../../session/failure-text.ts';
import { useReachability } from '../../session/reachability.ts';
import { byteText } from '../../ui/byte-text.ts';
import { visibleName } from '../../ui/visible-name.ts';
import { uploadQueue } from './page-uploads.ts';
import classes from './upload-list.module.css';
import { isOpen, type Upload } from './upload-queue.ts';

/** More failures of one kind tell nothing more. */
const MOST_ROWS = 12;

interface UploadListProps {
  readonly experimentUuid: string;
  readonly uploads: readonly Upload[];
  /** A button was pressed that goes away by that: the focus needs another place. */
  readonly onTakenAway: () => void;
}

/** What is on its way to an experiment, what did not arrive, and how fast it goes. */
export function UploadList({ experimentUuid, uploads, onTakenAway }: UploadListProps) {
  const isReachable = useReachability();
  if (uploads.length === 0) return null;
  const open = uploads.filter(isOpen);
  const done = uploads.filter(({ state }) => state === 'done');
  const failed = uploads.filter(({ state }) => state === 'failed');
  const counted = uploads.filter(({ state }) => state !== 'cancelled');
  const cancelled = uploads.length - counted.length;
  const sent = sum(counted.map((upload) => upload.sent));
  const size = sum(counted.map(({ file }) => file.size));
  const shown = [...open.filter(({ state }) => state === 'sending'), ...failed];
  const speed = uploadQueue.speed();
  return (
    <section aria-label="Uploads" className={classes.uploads}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" role="status">
          {[
            open.length > 0 && `Uploading: ${done.length} of ${counted.length} done`,
            open.length === 0 && counted.length > 0 && `${done.length} of ${counted.length} uploaded`,
            failed.length > 0 && `${failed.length} failed`,
            cancelled > 0 && `${cancelled} cancelled`,
          ]
            .filter(Boolean)
            .join(', ')}
        </Text>
        <Group gap="xs">
          <Text size="xs" c="dimmed">
            {counted.length > 0 && `${byteText(sent)} of ${byteText(size)}`}
            {open.length > 0 && speed > 0 && isReachable && ` · ${byteText(speed)}/s`}
          </Text>
          {failed.length > 1 && (
            <Button variant="default" onClick={() => uploadQueue.retryAll(experimentUuid)}>
              Upload all again
            </Button>
          )}
          {open.length > 0 ? (
            <Button
              variant="default"
              onClick={() => {
                uploadQueue.cancelAll(experimentUuid);
                onTakenAway();
              }}
            >
              Cancel all
            </Button>
          ) : (
            <ActionIcon
              size="sm"
              aria-label="Close the list of uploads"
              onClick={() => {
                uploadQueue.clear(experimentUuid);
                onTakenAway();
              }}
            >
              <IconX size={15} />
            </ActionIcon>
          )}
        </Group>
      </Group>
      {open.length > 0 && (
        <Progress value={share(sent, size)} size="sm" my={4} aria-label="Progress of all uploads" />
      )}
      <ul className={classes.list}>
        {shown.slice(0, MOST_ROWS).map((upload) => (
          <UploadRow key={upload.id} upload={upload} onTakenAway={onTakenAway} />
        ))}
      </ul>
      {shown.length > MOST_ROWS && (
        <Text size="xs" c="dimmed">
          and {shown.length - MOST_ROWS} more
        </Text>
      )}
    </section>
  );
}

interface UploadRowProps extends Pick<UploadListProps, 'onTakenAway'> {
  readonly upload: Upload;
}

function UploadRow({ upload: { id, name, state, sent, file, error }, onTakenAway }: UploadRowProps) {
  const hasFailed = state === 'failed';
  const isReachable = useReachability();
  return (
    <li className={classes.row}>
      <span className="truncate" title={name}>
        {visibleName(name)}
      </span>
      {hasFailed ? (
        <span className={classes.problem}>{actionFailureText(error)}</span>
      ) : (
        <span className={classes.amount}>
          {!isReachable && 'waits for the server · '}
          {Math.floor(share(sent, file.size))} % of {byteText(file.size)}
        </span>
      )}
      {hasFailed ? (
        <ActionIcon size="sm" aria-label={`Upload ${name} again`} onClick={() => uploadQueue.retry(id)}>
          <IconRefresh size={15} />
        </ActionIcon>
      ) : (
        <ActionIcon
          size="sm"
          aria-label={`Cancel the upload of ${name}`}
          onClick={() => {
            uploadQueue.cancel(id);
            onTakenAway();
          }}
        >
          <IconX size={15} />
        </ActionIcon>
      )}
    </li>
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** In percent; of nothing, all is there. */
function share(part: number, whole: number): number {
  return whole === 0 ? 100 : (100 * part) / whole;
}

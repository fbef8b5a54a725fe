import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { byteText } from '../ui/byte-text.ts';
import { Time } from '../ui/time.tsx';
import { FileLink } from './file-link.tsx';
import { Hash } from './hash.tsx';
import classes from './task-panel.module.css';
import type { FullTask } from './task-panel.tsx';

/** Which versions of which files a task has made and used. */
export function TaskFiles({ task: { inputs, outputs } }: { readonly task: FullTask }) {
  return (
    <>
      <Title order={3}>Produced</Title>
      <Files empty="It has uploaded no files." files={outputs}>
        {(file) => <Time value={file.uploadedAt} />}
      </Files>
      <Title order={3} mt="md">
        Read
      </Title>
      <Files empty="It was given no files and has read none." files={inputs}>
        {(file) => (file.readAt === null ? 'given, not read' : <Time value={file.readAt} />)}
      </Files>
    </>
  );
}

interface ListedFile {
  readonly eid: string;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
}

interface FilesProps<File extends ListedFile> {
  readonly files: readonly File[];
  readonly empty: string;
  /** When it was used. */
  readonly children: (file: File) => ReactNode;
}

function Files<File extends ListedFile>({ files, empty, children }: FilesProps<File>) {
  if (files.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  return (
    <table className={`${classes.table} ${classes.wide}`}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Experiment</th>
          <th scope="col">Size</th>
          <th scope="col">SHA-256</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {files.map((file, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one file may be there in several versions.
          <tr key={i}>
            <td>
              <FileLink eid={file.eid} name={file.name} />
            </td>
            <td>{file.eid}</td>
            <td>{byteText(file.size)}</td>
            <td>
              <Hash value={file.sha256} />
            </td>
            <td>{children(file)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

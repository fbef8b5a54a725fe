import { useMemo } from 'react';
import { filePage } from '../../files/file-link.ts';
import { byName } from '../../files/file-order.ts';
import { byteText } from '../../ui/byte-text.ts';
import { countOf } from '../../ui/count-of.ts';
import type { Compared } from '../use-compared.ts';
import { differenceRows } from './difference-rows.ts';
import classes from './differences.module.css';
import { Group } from './group.tsx';
import { Nothing, Row } from './row.tsx';

/** So much of a SHA-256 tells the versions of a file apart. */
const HASH_LETTERS = 7;

interface FileGroupProps {
  readonly experiments: readonly Compared[];
  readonly showsEqual: boolean;
}

/** Which files the experiments have, and which of the same name differ. */
export function FileGroup({ experiments, showsEqual }: FileGroupProps) {
  const files = useMemo(
    () => experiments.map((one) => new Map(one.files.map((file) => [file.name, file]))),
    [experiments],
  );
  const all = useMemo(() => {
    const columns = files.map(
      (byFile) =>
        new Map([...byFile.keys()].sort(byName).map((name) => [name, byFile.get(name)?.sha256 ?? ''])),
    );
    return differenceRows(columns).toSorted((a, b) => byName(a.name, b.name));
  }, [files]);
  const differing = all.filter(({ differs }) => differs);
  const note =
    all.length === 0
      ? 'none'
      : differing.length === 0
        ? `${countOf(all.length, 'file')}, all the same`
        : `${differing.length} of ${countOf(all.length, 'file')} ${differing.length === 1 ? 'differs' : 'differ'}`;
  return (
    <Group title="Files" notes={[note]} rows={showsEqual ? all : differing} columns={experiments.length}>
      {({ name, cells }) => (
        <Row
          key={name}
          name={name}
          cells={experiments.map(({ eid }, i) => {
            const file = files[i]?.get(name);
            return {
              key: eid,
              content: file ? <FileLink eid={eid} file={file} /> : <Nothing />,
              differs: cells[i] !== cells[0],
            };
          })}
        />
      )}
    </Group>
  );
}

function FileLink({ eid, file }: { readonly eid: string; readonly file: Compared['files'][number] }) {
  const { name, size, sha256 } = file;
  return (
    <a
      href={filePage(eid, name)}
      className={classes.file}
      title={`Open ${name} of ${eid}\nSHA-256 ${sha256}`}
      aria-label={`${name} of ${eid}, ${byteText(size)}, version ${sha256.slice(0, HASH_LETTERS)}`}
    >
      {byteText(size)} <code>{sha256.slice(0, HASH_LETTERS)}</code>
    </a>
  );
}

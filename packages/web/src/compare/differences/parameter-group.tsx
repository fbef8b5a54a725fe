import { countOf } from '../../ui/count-of.ts';
import type { Compared } from '../use-compared.ts';
import { type Cell, type DifferenceRow, differenceRows } from './difference-rows.ts';
import classes from './differences.module.css';
import { MOST_VALUES } from './flatten-values.ts';
import { Group } from './group.tsx';
import type { ParameterFile } from './parameter-files.ts';
import { Nothing, Row } from './row.tsx';
import type { Parameters } from './use-parameters.ts';

/** Longer texts are cut off; what is compared is the whole. */
const MOST_TEXT = 300;

interface ParameterGroupProps {
  readonly file: ParameterFile;
  readonly experiments: readonly Compared[];
  /** Of each experiment. */
  readonly parameters: readonly Parameters[];
  readonly showsEqual: boolean;
}

/** The parameters in a file that several experiments have. */
export function ParameterGroup({ file, experiments, parameters, showsEqual }: ParameterGroupProps) {
  const columns = parameters.map((one) => (one.state === 'read' ? one.values : undefined));
  const all = differenceRows(
    columns,
    parameters.map((one) => one.state === 'read' && one.isCut),
  );
  const differing = all.filter(({ differs }) => differs);
  return (
    <Group
      title={file.name}
      notes={[countNote(parameters, all.length, differing.length), ...notesOn(parameters, experiments)]}
      rows={showsEqual ? all : differing}
      columns={experiments.length}
    >
      {(row) => <ParameterRow key={row.name} row={row} parameters={parameters} experiments={experiments} />}
    </Group>
  );
}

/** Of a file that is the same wherever it is, there is nothing to read. */
export function SameGroup({ file, experiments }: Pick<ParameterGroupProps, 'file' | 'experiments'>) {
  const isIn = file.sources.filter((source) => source !== undefined).length;
  const note = isIn === experiments.length ? 'the same in all' : `the same in the ${isIn} that have it`;
  return (
    <Group title={file.name} notes={[note]} rows={[]} columns={experiments.length}>
      {() => null}
    </Group>
  );
}

function countNote(parameters: readonly Parameters[], all: number, differing: number): string {
  if (parameters.some(({ state }) => state === 'reading')) return 'being read …';
  if (parameters.filter(({ state }) => state === 'read').length < 2)
    return 'there is nothing to compare it with';
  if (differing === 0) return `${countOf(all, 'value')}, all the same`;
  return `${differing} of ${countOf(all, 'value')} ${differing === 1 ? 'differs' : 'differ'}`;
}

function notesOn(parameters: readonly Parameters[], experiments: readonly Compared[]): string[] {
  const eids = (choose: (one: Parameters) => boolean) =>
    experiments.filter((_, i) => parameters.some((one, j) => i === j && choose(one))).map(({ eid }) => eid);
  const absent = eids(({ state }) => state === 'absent');
  const cut = eids((one) => one.state === 'read' && one.isCut);
  return [
    ...(absent.length > 0 ? [`not in ${absent.join(', ')}`] : []),
    ...(cut.length > 0
      ? [`only the first ${MOST_VALUES.toLocaleString()} values are compared (${cut.join(', ')})`]
      : []),
    ...parameters.flatMap((one, i) =>
      one.state === 'unreadable' ? [`${experiments[i]?.eid}: ${one.reason}`] : [],
    ),
  ];
}

interface ParameterRowProps {
  readonly row: DifferenceRow;
  readonly parameters: readonly Parameters[];
  readonly experiments: readonly Compared[];
}

function ParameterRow({ row, parameters, experiments }: ParameterRowProps) {
  const first = row.cells.find((cell, i) => parameters[i]?.state === 'read' && cell !== null);
  return (
    <Row
      name={row.name}
      cells={experiments.map(({ eid }, i) => {
        const value = row.cells[i];
        return {
          key: eid,
          content: contentOf(value),
          differs: parameters[i]?.state === 'read' && value !== null && value !== first,
        };
      })}
    />
  );
}

function contentOf(value: Cell) {
  if (value === null) return <span className={classes.nothing}>not compared</span>;
  return value === undefined ? <Nothing /> : <Value text={value} />;
}

function Value({ text }: { readonly text: string }) {
  const isLong = text.length > MOST_TEXT;
  return (
    <span className={classes.value} title={text.slice(0, 10 * MOST_TEXT)}>
      {isLong ? `${text.slice(0, MOST_TEXT)} … ${text.length.toLocaleString()} characters` : text}
    </span>
  );
}

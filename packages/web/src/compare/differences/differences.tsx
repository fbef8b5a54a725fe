import { ActionIcon, Checkbox, Tooltip } from '@mantine/core';
import { IconPin, IconX } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { TextLink } from '../../ui/text-link.tsx';
import { useCompareSearch } from '../use-compare-search.ts';
import type { Compared } from '../use-compared.ts';
import classes from './differences.module.css';
import { FactRows } from './fact-rows.tsx';
import { FileGroup } from './file-group.tsx';
import { MOST_PARAMETER_FILES, parameterFiles } from './parameter-files.ts';
import { ParameterGroup, SameGroup } from './parameter-group.tsx';
import { useParameters } from './use-parameters.ts';

/** What differs between experiments: a column for each of them, what is marked is not as with the first. */
export function Differences({ experiments }: { readonly experiments: readonly Compared[] }) {
  const { search, change } = useCompareSearch();
  const place = useRef<HTMLElement>(null);
  const showsEqual = search.equal === 'shown';
  const files = useMemo(() => parameterFiles(experiments), [experiments]);
  const looked = files.slice(0, MOST_PARAMETER_FILES);
  const read = looked.filter(({ isSame }) => showsEqual || !isSame);
  const parameters = useParameters(read);
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.hint}>
          Marked is what differs from <b>{experiments[0]?.eid}</b>.
        </p>
        <Checkbox
          label="Show equal ones too"
          checked={showsEqual}
          onChange={() => change({ equal: showsEqual ? undefined : 'shown' })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <section ref={place} className={`print-whole ${classes.scroll}`} tabIndex={0} aria-label="Differences">
        <table className={classes.table} style={{ '--columns': experiments.length } as object}>
          <thead>
            <tr>
              <td />
              {experiments.map((experiment, i) => (
                <Head
                  key={experiment.eid}
                  experiment={experiment}
                  isFirst={i === 0}
                  onTakenAway={() => place.current?.focus({ preventScroll: true })}
                />
              ))}
            </tr>
          </thead>
          <FactRows experiments={experiments} />
          {looked.map((file) => {
            const at = read.indexOf(file);
            const group = { file, experiments, showsEqual };
            return at < 0 ? (
              <SameGroup key={file.name} {...group} />
            ) : (
              <ParameterGroup key={file.name} {...group} parameters={parameters[at] ?? []} />
            );
          })}
          <FileGroup experiments={experiments} showsEqual={showsEqual} />
        </table>
      </section>
      {files.length > looked.length && (
        <p className={classes.hint} role="note">
          The parameters of the first {MOST_PARAMETER_FILES} JSON and YAML files are compared, of{' '}
          {files.length}.
        </p>
      )}
    </>
  );
}

interface HeadProps {
  readonly experiment: Compared;
  readonly isFirst: boolean;
  /** A button was pressed that goes away by that: the focus needs another place. */
  readonly onTakenAway: () => void;
}

function Head({ experiment, isFirst, onTakenAway }: HeadProps) {
  const { eid, title } = experiment;
  const { remove, makeFirst } = useCompareSearch();
  return (
    <th scope="col">
      <div className={classes.head}>
        <TextLink to="/aqd/experiments/$id" params={{ id: eid }} title={title} className={classes.eid}>
          {eid}
        </TextLink>
        {!isFirst && (
          <Tooltip label="Compare the others with this one">
            <ActionIcon
              size="sm"
              aria-label={`Compare with ${eid}`}
              onClick={() => {
                makeFirst(eid);
                onTakenAway();
              }}
            >
              <IconPin size={14} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Take out of the comparison">
          <ActionIcon
            size="sm"
            aria-label={`Take out ${eid}`}
            onClick={() => {
              remove(eid);
              onTakenAway();
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      </div>
    </th>
  );
}

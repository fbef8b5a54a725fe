import type { ReactNode } from 'react';
import { plainText } from '../../experiments/plain-text.ts';
import { isArchived, ownTags } from '../../experiments/system-marks.ts';
import { Time } from '../../ui/time.tsx';
import { visibleName } from '../../ui/visible-name.ts';
import type { Compared } from '../use-compared.ts';
import classes from './differences.module.css';
import { Nothing, Row } from './row.tsx';
import { shownTags } from './shown-tags.ts';

interface Fact {
  readonly name: string;
  /** What is compared; nothing where it is another with each experiment. */
  readonly value: (experiment: Compared) => string;
  /** What is shown; where it is left out, the value. */
  readonly show?: (experiment: Compared) => ReactNode;
}

const FACTS: readonly Fact[] = [
  {
    name: 'Title',
    value: ({ title }) => title || 'Untitled',
    show: ({ title }) => (
      <span className={classes.text} title={title} dir="auto">
        {visibleName(title) || 'Untitled'}
      </span>
    ),
  },
  { name: 'Author', value: ({ createdBy }) => createdBy },
  {
    name: 'Created',
    value: () => '',
    show: ({ createdAt }) => <Time value={createdAt} format="full" />,
  },
];

/** What is known of the experiments besides their files. */
export function FactRows({ experiments }: { readonly experiments: readonly Compared[] }) {
  const everywhere = experiments
    .map((experiment) => new Set(experiment.tags))
    .reduce((common, tags) => common.intersection(tags));
  const facts: readonly Fact[] = [
    ...FACTS,
    {
      name: 'Tags',
      value: (experiment) => shownTags(experiment).toSorted().join(' '),
      show: (experiment) => <Tags experiment={experiment} everywhere={everywhere} />,
    },
    {
      name: 'Description',
      value: ({ description }) => description ?? '',
      show: ({ description }) =>
        description ? <span className={classes.text}>{plainText(description)}</span> : <Nothing />,
    },
  ];
  return (
    <tbody>
      {facts.map(({ name, value, show = value }) => {
        const [first] = experiments.map(value);
        return (
          <Row
            key={name}
            name={name}
            cells={experiments.map((experiment) => ({
              key: experiment.eid,
              content: show(experiment),
              differs: value(experiment) !== first,
            }))}
          />
        );
      })}
    </tbody>
  );
}

/** Those that not all have come first, and are marked. */
function Tags({ experiment, everywhere }: { experiment: Compared; everywhere: ReadonlySet<string> }) {
  const tags = ownTags(experiment);
  const [common, own] = [
    tags.filter((tag) => everywhere.has(tag)),
    tags.filter((tag) => !everywhere.has(tag)),
  ];
  if (shownTags(experiment).length === 0) return <Nothing />;
  return (
    <span className={classes.tags}>
      {own.map((tag) => (
        <span key={tag} className={classes.tag} data-own>
          {tag}
        </span>
      ))}
      {common.map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {isArchived(experiment) && <span className={classes.tag}>archived</span>}
    </span>
  );
}

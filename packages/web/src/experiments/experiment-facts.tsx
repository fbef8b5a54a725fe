import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Time } from '../ui/time.tsx';
import classes from './experiment-page.module.css';
import { TagEditor } from './tag-editor.tsx';
import type { Experiment } from './use-experiment.ts';

/** What is known of an experiment besides its texts. */
export function ExperimentFacts({ experiment }: { readonly experiment: Experiment }) {
  const { eid, createdBy, createdAt, updatedAt } = experiment;
  return (
    <dl className={classes.facts}>
      <Fact name="Experiment ID">
        <b>{eid}</b>
        <CopyButton text={eid} what="experiment ID" />
      </Fact>
      <Fact name="Created by">
        <span className="truncate">{createdBy}</span>
      </Fact>
      <Fact name="Created">
        <Time value={createdAt} format="full" />
      </Fact>
      {updatedAt !== createdAt && (
        <Fact name="Changed">
          <Time value={updatedAt} format="full" />
        </Fact>
      )}
      <Fact name="Tags" isWide>
        <TagEditor experiment={experiment} />
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, isWide = false, children }: FactProps) {
  return (
    <div className={classes.fact} data-wide={isWide || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

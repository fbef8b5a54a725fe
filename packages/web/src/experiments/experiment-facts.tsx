import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Time } from '../ui/time.tsx';
import classes from './experiment-page.module.css';
import { ownTags } from './system-marks.ts';
import { TagEditor } from './tag-editor.tsx';
import type { Experiment } from './use-experiment.ts';

/** Letters of tags; with more they get a line of their own. */
const FEW = 100;

/** What is known of an experiment besides its texts. */
export function ExperimentFacts({ experiment }: { readonly experiment: Experiment }) {
  const { eid, createdBy, createdAt, updatedAt } = experiment;
  const tags = ownTags(experiment);
  const isMany = tags.join('').length > FEW;
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
      <Fact name={isMany ? `Tags (${tags.length})` : 'Tags'} isWide isMany={isMany}>
        <TagEditor experiment={experiment} />
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly isWide?: boolean;
  readonly isMany?: boolean;
  readonly children: ReactNode;
}

function Fact({ name, isWide = false, isMany = false, children }: FactProps) {
  return (
    <div className={classes.fact} data-wide={isWide || undefined} data-many={isMany || undefined}>
      <dt>{name}</dt>
      <dd className={isMany ? 'print-whole' : undefined}>{children}</dd>
    </div>
  );
}

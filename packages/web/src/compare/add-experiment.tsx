import { isEid } from '@aqueduct/client/protocol';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ExperimentSuggestions } from '../experiments/experiment-suggestions.tsx';
import classes from './compare.module.css';
import { MOST_COMPARED } from './compare-search.ts';
import { useCompareSearch } from './use-compare-search.ts';

/** Takes one more experiment into the comparison. */
export function AddExperiment() {
  const { eids, add } = useCompareSearch();
  const [text, setText] = useState('');
  /** The field is given it when it has been chosen, as if somebody had typed it. */
  const chosen = useRef<string>(undefined);
  const isFull = eids.length >= MOST_COMPARED;
  const take = (eid: string) => {
    add(eid);
    setText('');
  };
  return (
    <ExperimentSuggestions
      className={classes.add}
      size="xs"
      aria-label="Add an experiment by EID or title"
      placeholder={isFull ? `No more than ${MOST_COMPARED}` : 'Add by EID or title'}
      leftSection={<IconPlus size={14} />}
      disabled={isFull}
      value={text}
      onChange={(typed) => {
        setText(typed === chosen.current ? '' : typed);
        chosen.current = undefined;
      }}
      without={eids}
      onOptionSubmit={(eid) => {
        chosen.current = eid;
        take(eid);
      }}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && isEid(text.trim())) take(text.trim());
      }}
    />
  );
}

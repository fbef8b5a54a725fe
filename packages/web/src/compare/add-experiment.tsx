import { isEid } from '@aqueduct/client/protocol';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ExperimentSuggestions } from '../experiments/experiment-suggestions.tsx';
import classes from './compare.module.css';
import { MOST_COMPARED } from './compare-search.ts';
import { useCompareSearch } from './use-compare-search.ts';

/** Takes one more experiment into the comparison. */
export function AddExperiment() {
  const { eids, add } = useCompareSearch();
  const [text, setText] = useState('');
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
      onChange={setText}
      without={eids}
      onOptionSubmit={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter' && isEid(text.trim())) take(text.trim());
      }}
    />
  );
}

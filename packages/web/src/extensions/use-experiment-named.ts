import { isEid } from '@aqueduct/client/protocol';
import { useQuery } from '@tanstack/react-query';
import { findExperiment } from './find-experiment.ts';

/** An experiment whose page is open. */
export interface KnownExperiment {
  readonly eid: string;
  readonly uuid: string;
  readonly files: readonly { readonly name: string }[];
}

/** What is known of the experiment that a form names: null where there is none of this EID, undefined while asking. */
export function useExperimentNamed(eid: string, known: KnownExperiment | undefined) {
  const isKnown = known?.eid === eid;
  const { data } = useQuery({
    queryKey: ['extensions', 'experiment', eid],
    queryFn: ({ signal }) => findExperiment(eid, signal),
    enabled: isEid(eid),
  });
  return data ?? (isKnown ? { ...known, title: '' } : data);
}

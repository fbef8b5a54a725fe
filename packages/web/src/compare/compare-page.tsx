import { Button, Tabs } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { lazyPage } from '../app/lazy-page.tsx';
import { FailureNotice } from '../session/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { AddExperiment } from './add-experiment.tsx';
import classes from './compare.module.css';
import { eidsText, MOST_COMPARED } from './compare-search.ts';
import { Differences } from './differences/differences.tsx';
import { useCompareSearch } from './use-compare-search.ts';
import { type Compared, useCompared } from './use-compared.ts';

const Overlay = lazyPage(async () => (await import('./overlay/overlay.tsx')).Overlay, 'Loading the plot');

/** Several experiments side by side; which, and what is shown of them, stands in the address. */
export function ComparePage() {
  const { eids } = useCompareSearch();
  const { data, error, isPending, isPlaceholderData, refetch } = useCompared(eids);
  return (
    <Page title="Compare" actions={<AddExperiment />}>
      {isPending ? (
        <Loading what="Loading the experiments" />
      ) : data ? (
        <Comparison known={data} isWhole={!isPlaceholderData} />
      ) : (
        <FailureNotice what="read the experiments" error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

interface ComparisonProps {
  readonly known: readonly Compared[];
  /** None of them is still on its way. */
  readonly isWhole: boolean;
}

function Comparison({ known, isWhole }: ComparisonProps) {
  const { search, change, eids, left } = useCompareSearch();
  const experiments = eids.flatMap((eid) => known.find((one) => one.eid === eid) ?? []);
  return (
    <>
      {isWhole && <Missing experiments={experiments} />}
      {left > 0 && (
        <p className={classes.warning} role="note">
          The address names {eids.length + left} experiments. The first {MOST_COMPARED} are compared.
        </p>
      )}
      {experiments.length < 2 ? (
        <TooFew experiments={experiments} />
      ) : (
        <Tabs
          value={search.view ?? 'differences'}
          onChange={(view) => change({ view: view === 'overlay' ? view : undefined })}
          keepMounted={false}
        >
          <Tabs.List className={classes.tabs}>
            <Tabs.Tab value="differences">Differences</Tabs.Tab>
            <Tabs.Tab value="overlay">Overlay of curves</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="differences">
            <Differences experiments={experiments} />
          </Tabs.Panel>
          <Tabs.Panel value="overlay">
            <Overlay experiments={experiments} />
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}

/** Says which of the experiments in the address there are not. */
function Missing({ experiments }: { readonly experiments: readonly Compared[] }) {
  const { eids, change } = useCompareSearch();
  const found = experiments.map(({ eid }) => eid);
  const missing = eids.filter((eid) => !found.includes(eid));
  if (missing.length === 0) return null;
  return (
    <p className={classes.warning} role="note">
      There is no experiment with the EID {missing.map((eid) => `“${eid.slice(0, 100)}”`).join(', ')}. It may
      have been deleted, or the link is cut off.{' '}
      <Button variant="subtle" size="compact-xs" onClick={() => change({ eids: eidsText(found) })}>
        Go on without
      </Button>
    </p>
  );
}

function TooFew({ experiments: [only] }: { readonly experiments: readonly Compared[] }) {
  return (
    <Notice icon={IconColumns} title={only ? `Compare ${only.eid} with …` : 'Which experiments?'}>
      <p>
        Add {only ? 'another one' : 'two or more'} by EID or title above, or choose up to {MOST_COMPARED} in a
        list of experiments and press “Compare” there.
      </p>
    </Notice>
  );
}

import { Button } from '@mantine/core';
import { IconFlaskOff } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback } from 'react';
import { fileLinkOf } from '../files/file-link.ts';
import { FilesPanel } from '../files/files-panel.tsx';
import { VersionedPictures } from '../files/versioned-pictures.tsx';
import { FailureNotice } from '../session/failure-notice.tsx';
import { failureCode } from '../session/failure-text.ts';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { visibleName } from '../ui/visible-name.ts';
import { ConflictNotice } from './conflict-notice.tsx';
import { DeletedNotice } from './deleted-notice.tsx';
import { DescriptionEditor } from './description-editor.tsx';
import { ExperimentActions } from './experiment-actions.tsx';
import { ExperimentFacts } from './experiment-facts.tsx';
import classes from './experiment-page.module.css';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveSign } from './save-sign.tsx';
import { TasksSection } from './tasks-section.tsx';
import { TitleEditor } from './title-editor.tsx';
import { type Experiment, useExperiment } from './use-experiment.ts';
import { useExperimentDraft } from './use-experiment-draft.ts';

/** One experiment, by its EID or UUID. */
export function ExperimentPage() {
  const { id } = useParams({ from: '/aqd/experiments/$id' });
  const { data, error, isPending, refetch } = useExperiment(id);
  if (data) {
    const isDeleted = failureCode(error) === 'NOT_FOUND';
    return <OneExperiment key={data.uuid} experiment={data} isDeleted={isDeleted} />;
  }
  return (
    <Page title={id}>
      {isPending ? (
        <Loading what="Loading the experiment" />
      ) : data === null || isUnknown(error) ? (
        <Notice icon={IconFlaskOff} title="There is no such experiment">
          <p>
            None has the ID <code>{id.slice(0, 100)}</code>. It may have been deleted, or the link is cut off.
          </p>
          <Button component={Link} to="/aqd/experiments" variant="default" mt="xs">
            To the experiments
          </Button>
        </Notice>
      ) : (
        <FailureNotice what="read the experiment" error={error} retry={() => void refetch()} />
      )}
    </Page>
  );
}

interface OneExperimentProps {
  /** As it was read last. */
  readonly experiment: Experiment;
  readonly isDeleted: boolean;
}

function OneExperiment({ experiment: read, isDeleted }: OneExperimentProps) {
  const { draft, texts, state, problem, theirs, clashes } = useExperimentDraft(read);
  const experiment = isDeleted ? { ...read, viewerCanEdit: false, viewerCanDelete: false } : read;
  const { uuid, eid, viewerCanEdit } = experiment;
  const resolve = useCallback((link: string) => fileLinkOf(uuid, eid, link), [uuid, eid]);
  return (
    <Page
      title={visibleName(texts.title)}
      heading={
        <TitleEditor
          title={texts.title}
          canEdit={read.viewerCanEdit}
          onChange={(title) => draft.change('title', title)}
        />
      }
      actions={
        <>
          {read.viewerCanEdit && !(isDeleted && state === 'saved') && (
            <SaveSign state={state} problem={problem} />
          )}
          {!isDeleted && <ExperimentActions experiment={experiment} />}
        </>
      }
    >
      {isDeleted && <DeletedNotice />}
      <ExperimentFacts experiment={experiment} />
      <ConflictNotice draft={draft} texts={texts} theirs={theirs} clashes={clashes} />
      <div className={classes.sections}>
        <VersionedPictures experimentUuid={uuid}>
          <DescriptionEditor
            description={texts.description}
            canEdit={read.viewerCanEdit}
            resolve={resolve}
            onChange={(description) => draft.change('description', description)}
          />
        </VersionedPictures>
        <TasksSection experiment={experiment} />
        <FilesPanel experimentUuid={uuid} eid={eid} canEdit={viewerCanEdit} />
      </div>
      <LeaveDialog draft={draft} state={state} problem={problem} />
    </Page>
  );
}

/** The API says of an unknown identifier that it is none, or that nothing has it. */
function isUnknown(error: unknown): boolean {
  return ['NOT_FOUND', 'BAD_INPUT'].includes(failureCode(error) ?? '');
}

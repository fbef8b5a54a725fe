import { ARCHIVED_TAG, FAVOURITE_TAG } from '@aqueduct/client/protocol';
import { Button, type ButtonProps } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import {
  IconArchive,
  IconArchiveOff,
  IconCheck,
  IconLink,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ask } from '../session/ask.ts';
import { serverAddress } from '../session/base.ts';
import { DeleteExperimentDialog } from './delete-experiment-dialog.tsx';
import classes from './experiment-page.module.css';
import { addTags, removeTag } from './generated/operations.ts';
import { useChange } from './use-change.ts';
import type { Experiment } from './use-experiment.ts';

const ICON = 15;

/** Favourite, link, archive; delete where it is archived. */
export function ExperimentActions({ experiment }: { readonly experiment: Experiment }) {
  const { uuid, eid, tags, viewerCanEdit, viewerCanDelete } = experiment;
  const [isDeleting, setDeleting] = useState(false);
  const clipboard = useClipboard({ timeout: 1500 });
  const toggle = useChange('change the experiment', async (tag: string) =>
    tags.includes(tag)
      ? (await ask(removeTag, { uuid, tag })).removeTagFromExperiment
      : (await ask(addTags, { uuid, tags: [tag] })).addTagsToExperiment,
  );
  const isFavourite = tags.includes(FAVOURITE_TAG);
  const isArchived = tags.includes(ARCHIVED_TAG);
  const has = (tag: string) => toggle.isPending && toggle.variables === tag;
  return (
    <>
      {viewerCanEdit && (
        <Action
          label={isFavourite ? 'Favourite' : 'Add to favourites'}
          icon={
            isFavourite ? <IconStarFilled size={ICON} className={classes.star} /> : <IconStar size={ICON} />
          }
          pressed={isFavourite}
          loading={has(FAVOURITE_TAG)}
          onClick={() => toggle.mutate(FAVOURITE_TAG)}
        />
      )}
      <Action
        label={clipboard.copied ? 'Copied' : 'Copy link'}
        icon={clipboard.copied ? <IconCheck size={ICON} /> : <IconLink size={ICON} />}
        onClick={() => clipboard.copy(`${serverAddress}/aqd/experiments/${encodeURIComponent(eid)}`)}
      />
      {viewerCanEdit && (
        <Action
          label={isArchived ? 'Restore' : 'Archive'}
          icon={isArchived ? <IconArchiveOff size={ICON} /> : <IconArchive size={ICON} />}
          loading={has(ARCHIVED_TAG)}
          onClick={() => toggle.mutate(ARCHIVED_TAG)}
        />
      )}
      {isArchived && viewerCanDelete && (
        <Action label="Delete" icon={<IconTrash size={ICON} />} isDanger onClick={() => setDeleting(true)} />
      )}
      {isDeleting && <DeleteExperimentDialog experiment={experiment} onClose={() => setDeleting(false)} />}
    </>
  );
}

interface ActionProps extends Pick<ButtonProps, 'loading'> {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly isDanger?: boolean;
  readonly onClick: () => void;
}

/** A button whose words give way on narrow screens. */
function Action({ label, icon, pressed, isDanger = false, ...button }: ActionProps) {
  return (
    <Button
      variant="default"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      className={classes.action}
      data-danger={isDanger || undefined}
      {...button}
    >
      {icon}
      <span className={classes.actionLabel}>{label}</span>
    </Button>
  );
}

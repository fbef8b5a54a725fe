import { Button, Loader } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconCheck,
  IconLink,
  IconStar,
  IconStarFilled,
  IconTrash,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { serverAddress } from '../session/base.ts';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { useCopy } from '../ui/use-copy.ts';
import classes from './experiment-page.module.css';
import { RemoveDialog } from './remove-dialog.tsx';
import { isFavourite as hasStar, isArchived as isPutAside } from './system-marks.ts';
import { archiveChange, starChange, useChangeTags } from './use-change-tags.ts';
import type { Experiment } from './use-experiment.ts';
import { weighOne } from './weigh-experiments.ts';

const ICON = 15;

/** Favourite, link, archive; delete where it is archived. */
export function ExperimentActions({ experiment }: { readonly experiment: Experiment }) {
  const { uuid, eid, viewerCanEdit, viewerCanDelete } = experiment;
  const [isDeleting, setDeleting] = useState(false);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { isCopied, copy } = useCopy();
  const isFavourite = hasStar(experiment);
  const isArchived = isPutAside(experiment);
  const star = useChangeTags(`marks of ${uuid}`);
  const archive = useChangeTags(`marks of ${uuid}`);
  return (
    <>
      {viewerCanEdit && (
        <Action
          label={isFavourite ? 'Favourite' : 'Add to favourites'}
          icon={
            isFavourite ? <IconStarFilled size={ICON} className={classes.star} /> : <IconStar size={ICON} />
          }
          pressed={isFavourite}
          isBusy={star.isPending}
          onClick={() => star.mutate(starChange([uuid], !isFavourite))}
        />
      )}
      <Action
        label={isCopied ? 'Copied' : 'Copy link'}
        icon={isCopied ? <IconCheck size={ICON} /> : <IconLink size={ICON} />}
        onClick={() => copy(`${serverAddress}/aqd/experiments/${encodeURIComponent(eid)}`)}
      />
      {viewerCanEdit && (
        <Action
          label={isArchived ? 'Restore' : 'Archive'}
          icon={isArchived ? <IconArchiveOff size={ICON} /> : <IconArchive size={ICON} />}
          isBusy={archive.isPending}
          onClick={() => archive.mutate(archiveChange([uuid], !isArchived))}
        />
      )}
      {isArchived && viewerCanDelete && (
        <Action label="Delete" icon={<IconTrash size={ICON} />} isDanger onClick={() => setDeleting(true)} />
      )}
      <DialogPlace isOpen={isDeleting} onClose={() => setDeleting(false)}>
        {isDeleting && (
          <RemoveDialog
            chosen={[experiment]}
            weigh={(signal) => weighOne(uuid, signal)}
            onRemoved={async () => {
              // What was not saved is of no use any more.
              await navigate({ to: '/aqd/experiments/archived', ignoreBlocker: true });
              client.removeQueries({ queryKey: ['experiment'] });
            }}
            onClose={() => setDeleting(false)}
          />
        )}
      </DialogPlace>
    </>
  );
}

interface ActionProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly pressed?: boolean;
  readonly isDanger?: boolean;
  /** It was pressed, and is not done yet. */
  readonly isBusy?: boolean;
  readonly onClick: () => void;
}

/** A button whose words give way on narrow screens. */
function Action({ label, icon, pressed, isDanger = false, isBusy = false, onClick }: ActionProps) {
  return (
    <Button
      variant="default"
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      className={classes.action}
      data-danger={isDanger || undefined}
      // Not disabled: it would lose the focus.
      aria-busy={isBusy}
      onClick={() => isBusy || onClick()}
    >
      {isBusy ? <Loader size={ICON} color="gray" /> : icon}
      <span className={classes.actionLabel}>{label}</span>
    </Button>
  );
}

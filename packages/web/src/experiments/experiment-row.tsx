import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { type MouseEvent, memo } from 'react';
import { basePath } from '../session/base.ts';
import { CheckBox } from '../ui/check-box.tsx';
import { Time } from '../ui/time.tsx';
import { visibleName } from '../ui/visible-name.ts';
import classes from './experiment-table.module.css';
import { plainText } from './plain-text.ts';
import { isFavourite, ownTags } from './system-marks.ts';
import type { ExperimentRow as Row } from './use-experiments.ts';

interface ExperimentRowProps {
  readonly row: Row;
  readonly isChosen: boolean;
  readonly showsUpdate: boolean;
  readonly onToggle: (uuid: string, isRange: boolean) => void;
  readonly onStar: (row: Row) => void;
  readonly onOpen: (eid: string) => void;
}

const MOST_TAGS = 3;

/**
 * One experiment in a list. Plain elements only: a page has a hundred of them and changes with each key stroke, and the
 * router's links all work out their addresses whenever the page's changes.
 */
export const ExperimentRow = memo(function ExperimentRow(props: ExperimentRowProps) {
  const { row, isChosen, showsUpdate, onToggle, onStar, onOpen } = props;
  const hasStar = isFavourite(row);
  const description = plainText(row.description ?? '');
  const moment = showsUpdate ? row.updatedAt : row.createdAt;
  const title = visibleName(row.title) || 'Untitled';
  return (
    <tr className={classes.row} data-uuid={row.uuid} data-chosen={isChosen || undefined}>
      <td className={classes.check}>
        <CheckBox
          label={`Choose ${row.eid}`}
          checked={isChosen}
          onChange={(event) => onToggle(row.uuid, (event.nativeEvent as PointerEvent).shiftKey)}
        />
      </td>
      <td className={classes.star}>
        <button
          type="button"
          aria-label={`Favourite ${row.eid}`}
          aria-pressed={hasStar}
          disabled={!row.viewerCanEdit}
          onClick={() => onStar(row)}
        >
          {hasStar ? <IconStarFilled size={15} /> : <IconStar size={15} stroke={1.6} />}
        </button>
      </td>
      <td className={classes.eid}>{row.eid}</td>
      <td className={classes.title} dir="auto">
        <a
          href={`${basePath}aqd/experiments/${row.eid}`}
          className={classes.link}
          title={title}
          onClick={(event) => {
            if (!isPlainClick(event)) return;
            event.preventDefault();
            onOpen(row.eid);
          }}
        >
          {title}
        </a>
        <div className={classes.under} dir="ltr">
          <span>{row.eid}</span> · <Time value={moment} /> · {row.createdBy}
        </div>
      </td>
      <td className={classes.description}>{description}</td>
      <td className={classes.tags}>
        <Tags tags={ownTags(row)} />
      </td>
      <td className={classes.author}>{row.createdBy}</td>
      <td className={classes.time}>
        <Time value={moment} />
      </td>
    </tr>
  );
});

function Tags({ tags }: { readonly tags: readonly string[] }) {
  const more = tags.slice(MOST_TAGS);
  return (
    <div className={classes.tagLine} title={tags.join(', ')}>
      {tags.slice(0, MOST_TAGS).map((tag) => (
        <span key={tag} className={classes.tag}>
          {tag}
        </span>
      ))}
      {more.length > 0 && <span className={classes.more}>+{more.length}</span>}
    </div>
  );
}

/** Others open the link elsewhere, as the browser knows how to. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

import { FileLink } from './file-link.tsx';
import classes from './task-panel.module.css';
import type { FullTask } from './task-panel.tsx';

/** More of them are only in the list of all files. */
const MOST = 12;

/** The files that a task has uploaded, to be opened. */
export function ProducedFiles({ task: { outputs } }: { readonly task: FullTask }) {
  if (outputs.length === 0) return null;
  return (
    <div className={classes.produced}>
      <span className={classes.soft}>Produced</span>
      <ul className={classes.files} aria-label="Produced files">
        {outputs.slice(0, MOST).map((file) => (
          <li key={`${file.eid}/${file.name}/${file.uploadedAt}`}>
            <FileLink eid={file.eid} name={file.name} />
          </li>
        ))}
        {outputs.length > MOST && <li>and {outputs.length - MOST} more</li>}
      </ul>
    </div>
  );
}

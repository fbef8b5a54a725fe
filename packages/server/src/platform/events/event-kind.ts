/** What a row of the event table can say. */
export type EventKind =
  | 'experiment.created'
  | 'experiment.changed'
  | 'experiment.removed'
  | 'file.changed'
  | 'task.changed'
  | 'installation.filled';

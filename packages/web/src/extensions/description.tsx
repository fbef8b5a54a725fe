import { Markdown } from '../ui/markdown/markdown.ts';
import classes from './description.module.css';

/** What a manifest says about something, in Markdown. */
export function Description({ text }: { readonly text: string | null }) {
  if (!text) return null;
  return (
    <div className={classes.text}>
      <Markdown text={text} resolve={nowhere} />
    </div>
  );
}

/** Files of an extension can not be asked for. */
function nowhere(): undefined {
  return undefined;
}

import { Anchor } from '@mantine/core';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import classes from './description.module.css';

/** Headings of a description are smaller than those of the page, and pictures of other hosts are not asked for. */
const components: Components = {
  h1: 'h4',
  h2: 'h4',
  h3: 'h4',
  a: ({ href, children }) => (
    <Anchor href={href} target="_blank" rel="noreferrer" inherit>
      {children}
    </Anchor>
  ),
  img: ({ alt }) => <em>{alt}</em>,
};

/** What a manifest says about something, in Markdown. */
export function Description({ text }: { readonly text: string | null }) {
  if (!text) return null;
  return (
    <div className={classes.text}>
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {text}
      </Markdown>
    </div>
  );
}

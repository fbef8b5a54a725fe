import { Text } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { toJsxRuntime } from 'hast-util-to-jsx-runtime';
import { type ComponentProps, type MouseEvent, use } from 'react';
import { Fragment, jsx, jsxs } from 'react/jsx-runtime';
import type { Components, ExtraProps } from 'react-markdown';
import { Loading } from '../loading.tsx';
import { Formula } from './formula.tsx';
import classes from './markdown.module.css';
import type { MarkdownProps } from './markdown.tsx';
import { PictureVersions } from './picture-version.ts';
import { useParsedMarkdown } from './use-parsed-markdown.ts';

/** Characters that are shown as they were written where they can not be shown otherwise. */
const SHOWN_AS_WRITTEN = 100_000;

/** Has a scheme, or names a host. */
const IS_ELSEWHERE = /^([a-z][a-z\d+.-]*:|\/\/)/i;

/** The page has its heading; those of a text stand below the sections'. */
const BELOW_A_SECTION = {
  h1: ({ node, ...rest }) => <h3 {...rest} />,
  h2: ({ node, ...rest }) => <h4 {...rest} />,
  h3: ({ node, ...rest }) => <h5 {...rest} />,
  h4: ({ node, ...rest }) => <h6 {...rest} />,
  h5: ({ node, ...rest }) => <h6 {...rest} />,
} satisfies Components;

/** What `Markdown` loads. */
export function RenderedMarkdown({ text, resolve, firstLevel = 3 }: MarkdownProps) {
  const version = use(PictureVersions);
  const components: Components = {
    ...(firstLevel === 3 && BELOW_A_SECTION),
    a: ({ node, href = '', ...rest }) =>
      IS_ELSEWHERE.test(href) ? <Outside href={href} {...rest} /> : <Inside href={inside(href)} {...rest} />,
    // An image of another host would tell it who reads what: a link then.
    img: ({ node, src, alt, ...rest }) => {
      const link = typeof src === 'string' ? src : '';
      if (IS_ELSEWHERE.test(link)) return <Outside href={link}>{alt || link}</Outside>;
      const source = resolve(link)?.source;
      return <img src={source && version(source)} alt={alt || link} loading="lazy" {...rest} />;
    },
    table: ({ node, ...rest }) => (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
      <section className={classes.wide} tabIndex={0} aria-label="Table">
        <table {...rest} />
      </section>
    ),
    // remark-math gives formulas as code of the language "math".
    code: ({ node, className = '', children, ...rest }) =>
      className.includes('language-math') ? (
        <Formula tex={String(children)} isDisplayed={className.includes('math-display')} />
      ) : (
        <code className={className} {...rest}>
          {children}
        </code>
      ),
    pre: ({ node, children, ...rest }) =>
      isFormula(node) ? (
        <div>{children}</div>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
        <pre tabIndex={0} {...rest}>
          {children}
        </pre>
      ),
  };
  // A link to a heading stays what it is.
  const inside = (href: string) => (href.startsWith('#') ? href : resolve(href)?.page);
  const parsed = useParsedMarkdown(text);
  if (!parsed) return <Loading what="Loading the text" />;
  if (parsed === 'too slow') {
    return (
      <>
        <Note>It takes too long to be laid out, and is shown as it was written.</Note>
        <pre className={classes.written}>{text.slice(0, SHOWN_AS_WRITTEN)}</pre>
      </>
    );
  }
  return (
    <div className={classes.markdown}>
      {parsed.isCut && <Note>It is too long to be shown as a whole: parts are left out.</Note>}
      {toJsxRuntime(parsed.tree, {
        Fragment,
        jsx,
        jsxs,
        components,
        ignoreInvalidStyle: true,
        passKeys: true,
        passNode: true,
      })}
    </div>
  );
}

function Note({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed" role="note" mb="xs">
      {children}
    </Text>
  );
}

function Outside(props: ComponentProps<'a'>) {
  return <a target="_blank" rel="noreferrer" {...props} />;
}

/** A link to another page of ours, without loading everything anew. */
function Inside({ href, ...props }: ComponentProps<'a'>) {
  const { history } = useRouter();
  const follow = (event: MouseEvent) => {
    const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || href === undefined || href.startsWith('#')) return;
    event.preventDefault();
    history.push(href);
  };
  return <a href={href} onClick={follow} {...props} />;
}

function isFormula(pre: ExtraProps['node']): boolean {
  const [code] = pre?.children ?? [];
  const names = code?.type === 'element' ? code.properties.className : undefined;
  return Array.isArray(names) && names.includes('language-math');
}

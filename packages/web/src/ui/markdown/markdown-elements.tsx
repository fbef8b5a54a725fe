import { useRouter } from '@tanstack/react-router';
import { type ComponentProps, createContext, type MouseEvent, use } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { Formula } from './formula.tsx';
import type { LinkTarget } from './link-target.ts';
import classes from './markdown.module.css';
import { findNamed, nameIn, show } from './named-place.ts';
import { PictureVersions } from './picture-version.ts';

/** For the links and pictures of a text: what a relative link means; undefined where it means nothing. */
export const ResolveLink = createContext<(link: string) => LinkTarget | undefined>(() => undefined);

/** Has a scheme, or names a host. */
const IS_ELSEWHERE = /^([a-z][a-z\d+.-]*:|\/\/)/i;

/**
 * What the elements of a text become. What changes comes by contexts: for functions that are made anew, React makes all
 * of a text anew, and where somebody had scrolled to, the focus and the selection are lost.
 */
export const markdownElements = {
  a: Link,
  img: Picture,
  table: ({ node, ...rest }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
    <section className={classes.wide} tabIndex={0} aria-label="Table">
      <table {...rest} />
    </section>
  ),
  // Only lists of tasks have them, and say to a screen reader nothing but whether they are checked.
  input: ({ node, ...rest }) => <input {...rest} aria-label={rest.checked ? 'Done' : 'To do'} />,
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
} satisfies Components;

/** The same below a section of a page: the page has its heading, and those of the text stand below the sections'. */
export const elementsBelowASection = {
  ...markdownElements,
  h1: ({ node, ...rest }) => <h3 {...rest} />,
  h2: ({ node, ...rest }) => <h4 {...rest} />,
  h3: ({ node, ...rest }) => <h5 {...rest} />,
  h4: ({ node, ...rest }) => <h6 {...rest} />,
  h5: ({ node, ...rest }) => <h6 {...rest} />,
} satisfies Components;

function Link({ node, href = '', ...rest }: ComponentProps<'a'> & ExtraProps) {
  const resolve = use(ResolveLink);
  if (IS_ELSEWHERE.test(href)) return <Outside href={href} {...rest} />;
  if (href.startsWith('#')) return <Within href={href} {...rest} />;
  const page = resolve(href)?.page;
  // What leads nowhere should not look as if it did.
  return page === undefined ? <span>{rest.children}</span> : <Inside href={page} {...rest} />;
}

function Picture({ node, src = '', alt, ...rest }: ComponentProps<'img'> & ExtraProps) {
  const resolve = use(ResolveLink);
  const version = use(PictureVersions);
  // An image of another host would tell it who reads what: a link then.
  if (IS_ELSEWHERE.test(src)) return <Outside href={src}>{alt || src}</Outside>;
  const source = resolve(src)?.source;
  return <img src={source && version(source)} alt={alt || src} loading="lazy" {...rest} />;
}

function Outside(props: ComponentProps<'a'>) {
  return <a target="_blank" rel="noreferrer" {...props} />;
}

/** A link to another page of ours, without loading everything anew. */
function Inside({ href = '', ...props }: ComponentProps<'a'>) {
  const { history } = useRouter();
  const follow = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    history.push(href);
  };
  return <a href={href} onClick={follow} {...props} />;
}

/** A link to a heading, of its own text where that has one of this name: a page may show several texts. */
function Within({ href = '', ...props }: ComponentProps<'a'>) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    // The router itself would go to ids of the page, or back to where it was. Nobody is asked: no page is left.
    const silently = { hashScrollIntoView: false, resetScroll: false, ignoreBlocker: true };
    void router.navigate({ to: '.', search: true, hash: nameIn(href), ...silently });
    const text = event.currentTarget.closest(`.${classes.markdown}`);
    const named = (text && findNamed(href, text)) ?? findNamed(href, document);
    if (named) show(named);
  };
  return <a href={href} onClick={follow} {...props} />;
}

/** Whether it asks for nothing else, as for a tab of its own. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return !(button || metaKey || ctrlKey || shiftKey || altKey);
}

function isFormula(pre: ExtraProps['node']): boolean {
  const [code] = pre?.children ?? [];
  const names = code?.type === 'element' ? code.properties.className : undefined;
  return Array.isArray(names) && names.includes('language-math');
}

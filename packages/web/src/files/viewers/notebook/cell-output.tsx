import { Text } from '@mantine/core';
import { lazyComponent } from '../../../ui/lazy-component.ts';
import { Markdown } from '../../../ui/markdown/markdown.ts';
import { AnsiText } from '../ansi-text.tsx';
import type { FileSource } from '../file-source.ts';
import { TreeNode } from '../tree-node.tsx';
import tree from '../tree-viewer.module.css';
import { HtmlOutput } from './html-output.tsx';
import classes from './notebook.module.css';
import type { ShownOutput } from './parse-outputs.ts';

/** Characters of one output; longer ones are cut. */
const LONGEST = 50_000;

const Formula = lazyComponent(async () => (await import('../../../ui/markdown/formula.tsx')).Formula);

interface CellOutputProps {
  readonly output: ShownOutput;
  readonly source: FileSource;
}

/** What a cell gave. */
export function CellOutput({ output, source }: CellOutputProps) {
  switch (output.kind) {
    case 'text': {
      const left = output.text.length - LONGEST;
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
        <pre className={classes.output} data-error={output.isError || undefined} tabIndex={0}>
          <AnsiText text={output.text.slice(0, LONGEST)} seen="first" />
          {left > 0 && <em> … {left.toLocaleString()} more characters</em>}
        </pre>
      );
    }
    case 'image':
      return <img className={classes.picture} src={output.address} alt={output.alt} loading="lazy" />;
    case 'html':
      return <HtmlOutput html={output.html} />;
    case 'markdown':
      return <Markdown text={output.text} resolve={source.resolve} />;
    case 'formula':
      return <Formula tex={output.tex} isDisplayed />;
    case 'tree':
      return (
        <div className={tree.tree}>
          <ul>
            <TreeNode value={output.value} depth={0} />
          </ul>
        </div>
      );
    default:
      return (
        <Text size="xs" c="dimmed" py={4}>
          An output that is not shown here{output.types.length > 0 && `: ${output.types.join(', ')}`}.
        </Text>
      );
  }
}

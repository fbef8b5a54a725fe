import { Contents } from './contents.tsx';
import { decodeText } from './decode-text.ts';
import { parseTree } from './parse-tree.ts';
import type { ViewerProps } from './registry.ts';
import { TreeNode } from './tree-node.tsx';
import classes from './tree-viewer.module.css';
import { filled } from './unfit-text.ts';
import { useContents } from './use-contents.ts';

/** JSON and YAML as a tree to open and close. */
export function TreeViewer({ source }: ViewerProps) {
  const query = useContents(source, {
    as: 'tree',
    make: async (bytes) => ({ value: await parseTree(filled(decodeText(bytes)), source) }),
  });
  return (
    <Contents query={query}>
      {({ value }) => (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
        <section className={`print-whole ${classes.tree}`} tabIndex={0} aria-label="Contents">
          <ul>
            <TreeNode value={value} depth={0} />
          </ul>
        </section>
      )}
    </Contents>
  );
}

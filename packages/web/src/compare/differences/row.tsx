import { Fragment, type ReactNode } from 'react';
import { visibleName } from '../../ui/visible-name.ts';
import classes from './differences.module.css';

interface RowProps {
  readonly name: string;
  /** Of each experiment. */
  readonly cells: readonly { readonly content: ReactNode; readonly key: string; readonly differs: boolean }[];
}

/** What each experiment has at one place. */
export function Row({ name, cells }: RowProps) {
  const isSame = !cells.some(({ differs }) => differs);
  return (
    <tr className={classes.row} data-same={isSame || undefined}>
      <th scope="row">
        {partsOf(visibleName(name)).map((part) => (
          <Fragment key={part.start}>
            <wbr />
            {part.text}
          </Fragment>
        ))}
      </th>
      {cells.map(({ content, key, differs }) => (
        <td key={key} data-differs={differs || undefined}>
          {content}
        </td>
      ))}
    </tr>
  );
}

/** In the place of what an experiment does not have. */
export function Nothing() {
  return (
    <>
      <span className={classes.nothing} aria-hidden>
        –
      </span>
      <span className="visually-hidden">none</span>
    </>
  );
}

/** A path, or the name of a file, is better broken where one of its parts ends than anywhere. */
function partsOf(name: string): { start: number; text: string }[] {
  return [...name.matchAll(/[^.\]_-]*[.\]_-]*/g)].map(({ index, 0: text }) => ({ start: index, text }));
}

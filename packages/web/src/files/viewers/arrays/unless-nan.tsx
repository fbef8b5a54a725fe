import { type ReactNode, useMemo } from 'react';
import { Notice } from '../../../ui/notice.tsx';

interface UnlessNanProps {
  readonly values: Float64Array;
  readonly children: ReactNode;
}

/** A plot of values; where all of them are missing, it would be a frame without a word. */
export function UnlessNan({ values, children }: UnlessNanProps) {
  const isNothing = useMemo(() => values.length > 0 && values.every(Number.isNaN), [values]);
  if (!isNothing) return children;
  const count = values.length.toLocaleString();
  return (
    <Notice title={values.length === 1 ? 'The only value is NaN' : `All ${count} values are NaN`}>
      There is nothing to draw. Choose another array or part, or see them as a table.
    </Notice>
  );
}

import { NumberInput, Select } from '@mantine/core';
import viewer from '../viewer.module.css';
import { type Axis, dimensionOf, type SlicePart, withAxis } from './array-slice.ts';

interface SliceControlsProps {
  readonly shape: readonly number[];
  readonly parts: readonly SlicePart[];
  readonly onChange: (parts: readonly SlicePart[]) => void;
}

/** Which dimensions lie along the axes, and which index of the others is shown. */
export function SliceControls({ shape, parts, onChange }: SliceControlsProps) {
  if (shape.length < 2) return null;
  const axes = (['x', 'y'] as const).filter((axis) => dimensionOf(parts, axis) >= 0);
  const names = shape.map((size, dimension) => ({
    value: String(dimension),
    label: `dim ${dimension} (${size.toLocaleString()})`,
  }));
  const choose = (axis: Axis['axis'], dimension: string | null) =>
    dimension !== null && onChange(withAxis(parts, axis, Number(dimension)));
  return (
    <div className={viewer.bar}>
      {axes.map((axis) => (
        <Select
          key={axis}
          size="xs"
          w={150}
          aria-label={`Dimension along ${axis}`}
          leftSection={axis}
          data={names}
          value={String(dimensionOf(parts, axis))}
          onChange={(value) => choose(axis, value)}
          allowDeselect={false}
        />
      ))}
      {parts.map((part, dimension) =>
        typeof part === 'number' ? (
          <NumberInput
            // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is its place.
            key={dimension}
            size="xs"
            w={130}
            aria-label={`Index of dim ${dimension}`}
            prefix={`dim ${dimension}: `}
            value={part}
            min={0}
            max={Math.max(0, (shape[dimension] ?? 1) - 1)}
            allowDecimal={false}
            clampBehavior="strict"
            onChange={(value) =>
              onChange(parts.map((other, i) => (i === dimension ? Number(value) || 0 : other)))
            }
          />
        ) : null,
      )}
    </div>
  );
}

import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { Description } from './description.tsx';
import { ExperimentField } from './experiment-field.tsx';
import { type Parameter, shownName } from './extension.ts';
import { FileField } from './file-field.tsx';

interface ParameterFieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  /** What is wrong with the value. */
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  /** Files of the experiment that the action is run on; undefined while that is not known. */
  readonly files: readonly { readonly name: string }[] | undefined;
}

/** The field for a parameter, by its type. */
export function ParameterField({ parameter, value, error, onChange, files }: ParameterFieldProps) {
  const { dataType, options } = parameter;
  const shared = {
    label: shownName(parameter),
    description: parameter.description ? <Description text={parameter.description} /> : undefined,
    // The description is in paragraphs of its own.
    descriptionProps: { component: 'div' },
    error,
    name: parameter.name,
  } as const;
  const typed = {
    ...shared,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    spellCheck: false,
    autoComplete: 'off',
  };
  switch (dataType) {
    case 'int':
      return <TextInput {...typed} inputMode="numeric" maw={240} />;
    case 'float':
      return <TextInput {...typed} inputMode="decimal" maw={240} />;
    case 'textarea':
      return <Textarea {...typed} autosize minRows={3} maxRows={14} />;
    case 'bool':
      return (
        <Checkbox
          {...shared}
          size="sm"
          checked={value === '1'}
          onChange={(event) => onChange(event.currentTarget.checked ? '1' : '0')}
        />
      );
    case 'select':
      return (
        <Select
          {...shared}
          data={[...new Set(options ?? [])]}
          value={value === '' ? null : value}
          onChange={(chosen) => onChange(chosen ?? '')}
          searchable={(options ?? []).length > 8}
          nothingFoundMessage="Nothing in the list has this in it."
          allowDeselect={false}
        />
      );
    case 'experiment':
      return <ExperimentField {...shared} value={value} onChange={onChange} />;
    case 'file':
      return <FileField {...shared} value={value} onChange={onChange} files={files} />;
    default:
      return <TextInput {...typed} />;
  }
}

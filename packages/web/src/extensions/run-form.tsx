import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { actionFailureText } from '../session/failure-text.ts';
import { isUnreachable } from '../session/is-unreachable.ts';
import { checkValues } from './check-values.ts';
import { Description } from './description.tsx';
import { type Choice, ofParameter, type Values } from './extension.ts';
import { initialValues } from './initial-values.ts';
import { keepValues } from './last-values.ts';
import { ParameterField } from './parameter-field.tsx';
import { parameterOfFailure } from './parameter-of-failure.ts';
import classes from './run-drawer.module.css';
import { forgetUnsent, keepUnsent, unsentValues } from './unsent-forms.ts';
import { type KnownExperiment, useExperimentNamed } from './use-experiment-named.ts';

interface RunFormProps {
  /** Tells it from other forms: what was filled in and not sent is there again when it is opened again. */
  readonly name: string;
  readonly choice: Choice;
  /** The experiment whose page is open, if one is. */
  readonly experiment?: KnownExperiment;
  /** The values of the task that is repeated. */
  readonly given?: Values;
  /** The values of the last time. */
  readonly remembered?: Values | undefined;
  /** Runs the action; gives the UUID of the task. */
  readonly submit: (values: Values) => Promise<string>;
  readonly onSubmitted: (taskUuid: string) => void;
}

/** A form made from the parameters of an action. What is wrong stands beside its field. */
export function RunForm(props: RunFormProps) {
  const { name: formName, choice, experiment, given, remembered, submit, onSubmitted } = props;
  const { action } = choice;
  const { parameters } = action;
  const first = action.experimentVariableName ?? '';
  const current = experiment && { [first]: experiment.eid };
  const [unsent] = useState(() => unsentValues(formName));
  const [values, setValues] = useState(() => initialValues(action, unsent, given, current, remembered));
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const form = useRef<HTMLFormElement>(null);
  const named = useExperimentNamed(values[first] ?? '', experiment);

  // What was pressed to get here is no more.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input, textarea')?.focus({ preventScroll: true });
  }, []);

  const showFaults = (found: Readonly<Record<string, string>>) => {
    setFaults(found);
    // The field is told by its message once both are drawn.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const running = useMutation({
    mutationFn: () => submit(values),
    onSuccess: (uuid) => {
      forgetUnsent(formName);
      keepValues(choice, values);
      onSubmitted(uuid);
    },
    onError: (error) => {
      const name = parameterOfFailure(actionFailureText(error), action, values);
      if (name !== undefined) showFaults({ [name]: actionFailureText(error) });
    },
  });
  const isToldBeside = Object.keys(faults).length > 0;

  const run = (event: FormEvent) => {
    event.preventDefault();
    const found = checkValues(parameters, values);
    showFaults(found);
    running.reset();
    if (Object.keys(found).length === 0) running.mutate();
  };
  const change = (name: string, value: string) => {
    keepUnsent(formName, { [name]: value });
    setValues((before) => ({ ...before, [name]: value }));
    setFaults(({ [name]: _, ...others }) => others);
  };

  return (
    <form ref={form} onSubmit={run} noValidate aria-label={`Parameters of ${action.name}`}>
      <Stack gap="sm">
        <Description text={action.description} />
        {(unsent || (remembered && !given)) && (
          <Text size="xs" c="dimmed">
            Filled in as {unsent ? 'you left it' : 'last time'}.{' '}
            <Anchor
              component="button"
              type="button"
              inherit
              onClick={() => {
                forgetUnsent(formName);
                setValues(initialValues(action, given, current));
                setFaults({});
              }}
            >
              {given ? 'Use the values of the task' : 'Use the defaults'}
            </Anchor>
          </Text>
        )}
        {parameters.map((parameter) => (
          <ParameterField
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            error={ofParameter(faults, parameter.name)}
            onChange={(value) => change(parameter.name, value)}
            files={named?.files}
          />
        ))}
        {running.isError && !isToldBeside && (
          <Alert
            color="red"
            icon={<IconAlertTriangle size={17} />}
            title={isUnreachable(running.error) ? 'It may run all the same' : 'It could not be run'}
            role="alert"
          >
            {actionFailureText(running.error)}
          </Alert>
        )}
        <Group className={classes.footer} justify="flex-end">
          <Button type="submit" leftSection={<IconPlayerPlay size={15} />} loading={running.isPending}>
            Run
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

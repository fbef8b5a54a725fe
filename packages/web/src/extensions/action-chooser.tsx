import { Stack, Text, TextInput } from '@mantine/core';
import { IconPuzzle, IconPuzzleOff, IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { FailureNotice } from '../session/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { Description } from './description.tsx';
import { type Choice, type Extension, shownName } from './extension.ts';
import { ExtensionProblems } from './extension-problems.tsx';
import classes from './run-drawer.module.css';
import { useExtensions } from './use-extensions.ts';

/** All actions of all extensions, to search and to choose from. */
export function ActionChooser({ onChoose }: { readonly onChoose: (choice: Choice) => void }) {
  const { data, error, refetch } = useExtensions();
  const [search, setSearch] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const isThere = data !== undefined;
  useEffect(() => {
    if (isThere) field.current?.focus();
  }, [isThere]);
  if (!data && error)
    return <FailureNotice what="list the extensions" error={error} retry={() => void refetch()} />;
  if (!data) return <Loading what="Reading the extensions" />;
  const found = data.extensions.flatMap((extension) => matching(extension, search));
  return (
    <Stack gap="md">
      {data.extensions.length > 0 && (
        <TextInput
          ref={field}
          aria-label="Search extensions and actions"
          placeholder="Search extensions and actions"
          leftSection={<IconSearch size={15} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {data.extensions.length === 0 && (
        <Notice icon={IconPuzzle} title="There are no extensions yet">
          An extension is a folder with a <code>manifest.yml</code> in the server's extensions folder. It is
          found as soon as it lies there.
        </Notice>
      )}
      {data.extensions.length > 0 && found.length === 0 && (
        <Notice icon={IconPuzzleOff} title="Nothing has this in its name or description" />
      )}
      {found.map((extension) => (
        <Actions key={extension.name} extension={extension} onChoose={onChoose} />
      ))}
      <ExtensionProblems problems={data.extensionProblems} />
    </Stack>
  );
}

interface ActionsProps {
  readonly extension: Extension;
  readonly onChoose: (choice: Choice) => void;
}

function Actions({ extension, onChoose }: ActionsProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={classes.extension}>
        {extension.name}
        <Text span size="xs" c="dimmed" fw={400} truncate>
          {extension.authors}
        </Text>
      </h3>
      <Description text={extension.description} />
      <ul className={classes.actions}>
        {extension.actions.map((action) => (
          <li key={action.name}>
            <button
              type="button"
              className={classes.action}
              onClick={() => onChoose({ extension, action })}
              disabled={!action.experimentVariableName}
            >
              <span className={classes.name}>{shownName(action)}</span>
              <Text span size="sm" c="dimmed" lineClamp={2}>
                {action.experimentVariableName
                  ? action.description
                  : 'It can not be run: it has no parameter of type experiment.'}
              </Text>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The extension with those of its actions that a search finds: all of them where it is found itself. */
function matching(extension: Extension, search: string): Extension[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (texts: readonly (string | null)[]) => {
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const about = [extension.name, extension.description, extension.authors];
  if (has(about)) return [extension];
  const actions = extension.actions.filter(({ name, displayName, description }) =>
    has([...about, name, displayName, description]),
  );
  return actions.length > 0 ? [{ ...extension, actions }] : [];
}

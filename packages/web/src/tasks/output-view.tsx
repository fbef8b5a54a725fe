import { ActionIcon, Button, Group, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconArrowBarToDown, IconDownload } from '@tabler/icons-react';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import { failureText, tellFailed } from '../session/failure-text.ts';
import { OutputLine } from './output-line.tsx';
import type { OutputLine as Line } from './output-log.ts';
import classes from './output-view.module.css';
import { saveOutput } from './save-output.ts';
import { useTaskOutput } from './use-task-output.ts';

/** Pixels from the end within which a reader counts as being there. */
const NEAR_END = 24;

interface OutputViewProps {
  readonly uuid: string;
  readonly hasEnded: boolean;
}

/** What a task prints, live. The end stays in view until its reader scrolls up. */
export function OutputView({ uuid, hasEnded }: OutputViewProps) {
  const { blocks, omitted, isComplete, error } = useTaskOutput(uuid);
  const [shown, setShown] = useState('BOTH');
  const [isFollowing, setFollowing] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });

  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever lines came.
  useLayoutEffect(() => {
    if (isFollowing) toEnd();
  }, [blocks, shown, isFollowing]);

  const noteScroll = () => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
    setFollowing(scrollHeight - scrollTop - clientHeight < NEAR_END);
  };

  return (
    <section className={classes.view} aria-label="Output">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <SegmentedControl
          aria-label="Stream"
          size="xs"
          value={shown}
          onChange={setShown}
          data={[
            { value: 'BOTH', label: 'All' },
            { value: 'STDOUT', label: 'stdout' },
            { value: 'STDERR', label: 'stderr' },
          ]}
        />
        <Tooltip label="Save the whole output">
          <ActionIcon
            aria-label="Save the whole output"
            onClick={() => saveOutput(uuid).catch((reason) => tellFailed('save the output', reason))}
          >
            <IconDownload size={17} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Group>
      <div className={classes.frame}>
        <div
          ref={box}
          onScroll={noteScroll}
          className={classes.box}
          data-shown={shown}
          role="log"
          aria-live="off"
          aria-label="Printed lines"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
          tabIndex={0}
        >
          {omitted > 0 && (
            <Text c="dimmed" size="xs" pb={4}>
              The first {omitted.toLocaleString()} lines are not shown. Save the whole output to read them.
            </Text>
          )}
          {blocks.map((lines) => (
            <Block key={lines[0]?.number} lines={lines} />
          ))}
          {blocks.length === 0 && error === undefined && (
            <Text c="dimmed" size="sm">
              {isComplete ? 'It printed nothing.' : hasEnded ? 'Reading …' : 'Nothing printed yet.'}
            </Text>
          )}
          {error !== undefined && (
            <Text size="sm" role="alert">
              The output can not be read: {failureText(error)}
            </Text>
          )}
        </div>
        {!isFollowing && (
          <Button
            className={classes.follow}
            variant="default"
            leftSection={<IconArrowBarToDown size={15} />}
            onClick={() => setFollowing(true)}
          >
            {hasEnded ? 'To the end' : 'Follow'}
          </Button>
        )}
      </div>
    </section>
  );
}

const Block = memo(function Block({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <div className={classes.block}>
      {lines.map((line) => (
        <OutputLine key={line.number} line={line} />
      ))}
    </div>
  );
});

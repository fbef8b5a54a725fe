import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Time } from '../ui/time.tsx';
import { Hash } from './hash.tsx';
import { taskAddress } from './task-address.ts';
import classes from './task-panel.module.css';
import type { FullTask } from './task-panel.tsx';
import { hasEnded } from './task-state.tsx';

/** What a task ran in: enough to say later how a result came about. */
export function Provenance({ task }: { readonly task: FullTask }) {
  const { script, extensionHash, interpreter, packages, serverVersion } = task.environment;
  const isOver = hasEnded(task.taskStatus);
  const none = isOver ? 'none' : 'not yet known';
  return (
    <>
      <table className={classes.table}>
        <tbody>
          <Row name="Extension">{task.extensionName}</Row>
          <Row name="Hash of its folder">
            {extensionHash === null ? <Missing>{none}</Missing> : <Hash value={extensionHash} />}
          </Row>
          <Row name="Action">{task.actionName}</Row>
          <Row name="Interpreter">{interpreter ?? <Missing>{none}</Missing>}</Row>
          <Row name="Server">Aqueduct {serverVersion}</Row>
          <Row name="Received">
            <Time value={task.receivedAt} format="seconds" />
          </Row>
          <Row name="Started">
            {task.startedAt === null ? (
              <Missing>{isOver ? 'never' : 'not yet'}</Missing>
            ) : (
              <Time value={task.startedAt} format="seconds" />
            )}
          </Row>
          <Row name="Ended">
            {task.endedAt === null ? (
              <Missing>not yet</Missing>
            ) : (
              <Time value={task.endedAt} format="seconds" />
            )}
          </Row>
          {task.rerunOf && (
            <Row name="Repeats">
              <Anchor href={taskAddress(task.rerunOf.uuid)} size="sm">
                {task.rerunOf.uuid}
              </Anchor>
            </Row>
          )}
          <Row name="Task">
            <span className={classes.hash}>
              {task.uuid}
              <CopyButton text={task.uuid} what="UUID" />
            </span>
          </Row>
        </tbody>
      </table>
      <Title order={3} mt="md" mb={4}>
        Script
      </Title>
      <pre className={classes.script}>{script}</pre>
      <Title order={3} mt="md" mb={4}>
        Packages
      </Title>
      {packages.length === 0 ? (
        <Text size="sm" c="dimmed">
          None.
        </Text>
      ) : (
        <pre className={classes.script}>{packages.join('\n')}</pre>
      )}
    </>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  );
}

function Missing({ children }: { readonly children: string }) {
  return (
    <Text size="sm" c="dimmed" span>
      {children}
    </Text>
  );
}

import { Anchor, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { Time } from '../ui/time.tsx';
import { Hash } from './hash.tsx';
import { taskAddress } from './task-address.ts';
import classes from './task-panel.module.css';
import type { FullTask } from './task-panel.tsx';

/** What a task ran in: enough to say later how a result came about. */
export function Provenance({ task }: { readonly task: FullTask }) {
  const { script, extensionHash, interpreter, packages, serverVersion } = task.environment;
  return (
    <>
      <table className={classes.table}>
        <tbody>
          <Row name="Extension">{task.extensionName}</Row>
          <Row name="Hash of its folder">
            {extensionHash === null ? <Unknown /> : <Hash value={extensionHash} />}
          </Row>
          <Row name="Action">{task.actionName}</Row>
          <Row name="Interpreter">{interpreter ?? <Unknown />}</Row>
          <Row name="Server">Aqueduct {serverVersion}</Row>
          <Row name="Received">
            <Time value={task.receivedAt} format="full" />
          </Row>
          <Row name="Started">
            {task.startedAt === null ? <Unknown /> : <Time value={task.startedAt} format="full" />}
          </Row>
          <Row name="Ended">
            {task.endedAt === null ? <Unknown /> : <Time value={task.endedAt} format="full" />}
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

function Unknown() {
  return (
    <Text size="sm" c="dimmed" span>
      not yet known
    </Text>
  );
}

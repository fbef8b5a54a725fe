import { Stack, Tabs, Text, Title } from '@mantine/core';
import { serverAddress } from '../session/base.ts';
import { CodeSample } from '../ui/code-sample.tsx';
import { TextLink } from '../ui/text-link.tsx';

const PYTHON = `# pip install pyaqueduct
from pyaqueduct import API

api = API("${serverAddress}/")
experiment = api.create_experiment("Rabi oscillation", "Qubit 3 at **20 mK**")
experiment.add_tags(["rabi", "qubit-3"])
experiment.upload_file("data.csv")
print(experiment.eid)`;

const TYPESCRIPT = `// npm install @aqueduct/client
import { API } from '@aqueduct/client';

const api = new API('${serverAddress}');
const experiment = await api.createExperiment('Rabi oscillation', 'Qubit 3 at **20 mK**', {
  tags: ['rabi', 'qubit-3'],
});
await experiment.uploadFile('data.csv');
console.log(experiment.eid);`;

/** What an empty installation says: what to do first. */
export function Welcome() {
  return (
    <Stack maw={720} mx="auto" py="xl" gap="sm">
      <Title order={2} size="h1">
        Welcome to Aqueduct
      </Title>
      <Text c="dimmed">
        Here is the record of your experiments: what was measured, by whom, with which files and programs.
        There is none yet. Make the first one with “New experiment” above, or let your measurement do it:
      </Text>
      <Tabs defaultValue="python">
        <Tabs.List mb="xs">
          <Tabs.Tab value="python">Python</Tabs.Tab>
          <Tabs.Tab value="typescript">TypeScript</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="python">
          <CodeSample code={PYTHON} what="the Python example" />
        </Tabs.Panel>
        <Tabs.Panel value="typescript">
          <CodeSample code={TYPESCRIPT} what="the TypeScript example" />
        </Tabs.Panel>
      </Tabs>
      <Text c="dimmed" size="sm">
        What a program writes appears here by itself. Each experiment gets a number of its own, its EID, to be
        quoted in notes and papers. More is in the{' '}
        <TextLink to="/documentation" size="sm" underline="always">
          documentation
        </TextLink>
        .
      </Text>
    </Stack>
  );
}

/** Parts of a scripted server's answers: an extension with one action, and a task of it. */

const experiment = {
  uuid: '0b0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a11',
  eid: '20240101-1',
  createdAt: '2024-01-01T00:00:00.000001+00:00',
};

const facts = { displayName: null, description: null, defaultValue: null, options: null };
const parameters = [
  { ...facts, name: 'target', dataType: 'experiment' },
  { ...facts, name: 'span', dataType: 'float', defaultValue: '1e6' },
];

export const extensions = [
  {
    name: 'Tools',
    description: null,
    authors: 'me',
    actions: [
      { name: 'fit', displayName: null, description: '', experimentVariableName: 'target', parameters },
    ],
  },
];

const identity = {
  uuid: '1c0a6f6e-5b0f-4f5e-9d7e-2f6f2f0f8a22',
  experiment,
  extensionName: 'Tools',
  actionName: 'fit',
  parameters: [
    { key: parameters[0], value: '20240101-1' },
    { key: parameters[1], value: '1e6' },
  ],
  createdBy: 'admin',
  receivedAt: '2024-01-01T00:00:01.000002+00:00',
};

const moment = '2024-01-01T00:00:02.000003+00:00';

/** A task in a state, with all that can be asked about it. */
export function taskIn(taskStatus: 'STARTED' | 'SUCCESS') {
  const isOver = taskStatus === 'SUCCESS';
  return {
    ...identity,
    taskStatus,
    startedAt: moment,
    endedAt: isOver ? moment : null,
    resultCode: isOver ? 0 : null,
    stdOut: isOver ? 'out' : null,
    stdErr: isOver ? '' : null,
    inputs: [],
    outputs: [],
    environment: { script: 'true', extensionHash: null, interpreter: null, packages: [], serverVersion: '1' },
    rerunOf: null,
    viewerCanCancel: !isOver,
  };
}

/** What a task has printed as its n-th piece. */
export function chunk(sequence: number) {
  const stream = sequence % 2 === 0 ? 'STDERR' : 'STDOUT';
  return { sequence, stream, text: `line ${sequence}\n`, writtenAt: moment };
}

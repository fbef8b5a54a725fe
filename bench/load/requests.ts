/** A list as pyaqueduct asks for it; see `e2e/wire/exchanges/pyaqueduct-0.1.0.json`. */
const LIST = `query GetExperiments($limit: Int!, $offset: Int!, $title: String = null, $startDate: DateTime = null, $endDate: DateTime = null, $tags: [String!] = null) {
  experiments(
    filters: {title: $title, startDate: $startDate, endDate: $endDate, tags: $tags}
    limit: $limit
    offset: $offset
  ) {
    experimentsData {
      uuid
      title
      description
      eid
      createdAt
      updatedAt
      tags
      files {
        name
        path
        modifiedAt
      }
    }
    totalExperimentsCount
  }
}`;

const CREATE = `mutation CreateExperiment($title: String!, $description: String!, $tags: [String!]!) {
  createExperiment(
    createExperimentInput: {title: $title, description: $description, tags: $tags}
  ) {
    uuid
    title
    description
    eid
    createdAt
    updatedAt
    tags
    files {
      name
      path
      modifiedAt
    }
  }
}`;

/** What a list is filtered by. */
export interface Filters {
  readonly title?: string;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly tags?: readonly string[];
}

/** The body of a request for a page of a list. */
export function listBody(limit: number, offset: number, filters: Filters = {}): string {
  const { title = null, startDate = null, endDate = null, tags = null } = filters;
  return JSON.stringify({ query: LIST, variables: { limit, offset, title, startDate, endDate, tags } });
}

/** The body of a request that makes an experiment, as pyaqueduct sends it. */
export function createBody(title: string): string {
  const variables = { title, description: 'Made by the *bench*.', tags: ['bench', 'rabi'] };
  return JSON.stringify({ query: CREATE, variables });
}

/** A request of GraphQL with this body. */
export function graphqlRequest(body: string): Buffer {
  return Buffer.from(
    'POST /api/graphql HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\ncontent-type: application/json\r\n' +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** A download. */
export function getRequest(path: string): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: localhost\r\naccept: */*\r\n\r\n`);
}

/** What goes around the bytes of an upload: as a plain body for the floors, as a form for us. */
export interface Envelope {
  readonly before: Buffer;
  readonly after: Buffer;
}

/** The body alone. */
export function plainUpload(size: number): Envelope {
  return {
    before: Buffer.from(`POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${size}\r\n\r\n`),
    after: Buffer.alloc(0),
  };
}

/** A form as pyaqueduct sends it. */
export function formUpload(uuid: string, name: string, size: number): Envelope {
  const boundary = '0123456789abcdef0123456789abcdef';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`;
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = head.length + size + after.length;
  const before = Buffer.from(
    `POST /api/files/${uuid} HTTP/1.1\r\nhost: localhost\r\nfile_name: ${name}\r\n` +
      `content-type: multipart/form-data; boundary=${boundary}\r\ncontent-length: ${length}\r\n\r\n${head}`,
  );
  return { before, after };
}

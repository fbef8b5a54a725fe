import { uploadPaths } from './openapi-uploads.ts';

const uuid = {
  name: 'experiment_uuid',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
};
const name = { name: 'file_name', in: 'path', required: true, schema: { type: 'string' } };
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string' },
  description: 'A repeat with the same key and input changes nothing; kept for 7 days.',
};
const failure = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Failure' } } },
});
const success = (example: string) => ({
  description: 'Done.',
  content: {
    'application/json': { schema: { type: 'object', properties: { result: { type: 'string', example } } } },
  },
});

/** The REST part of the API as OpenAPI 3.1; the other part is GraphQL, which describes itself. */
export function openApi(version: string, basePath: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Aqueduct',
      version,
      description:
        'Files of experiments. Everything else is GraphQL at /api/graphql. Besides what is listed, every address ' +
        'may answer 401 (a token that is not known), 403 (a page of another site), 421 (another host), 500 and 503.',
    },
    servers: [{ url: basePath || '/' }],
    paths: {
      '/api/files/{experiment_uuid}': {
        post: {
          summary: 'Upload a file',
          description: 'Replaces a file of the same name in one step.',
          parameters: [
            uuid,
            { name: 'file_name', in: 'header', schema: { type: 'string' }, description: 'Name of the file.' },
            {
              name: 'X-File-Name',
              in: 'header',
              schema: { type: 'string' },
              description: 'The same, percent-encoded; for browsers, and proxies that drop file_name.',
            },
            idempotencyKey,
          ],
          requestBody: {
            required: true,
            content: {
              'multipart/form-data': {
                schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
              },
            },
          },
          responses: {
            200: success('Successfuly uploaded data.csv'),
            400: failure('Invalid file name, or no form with the one field "file".'),
            404: failure('The specified experiment was not found.'),
            409: failure('The key came with other input before.'),
            413: failure('Larger than the limit.'),
            422: failure('No file name, or no UUID.'),
            503: failure('Too many uploads run already, or the disk does not answer: try again.'),
            507: failure('The disk is full.'),
          },
        },
      },
      '/api/files/{experiment_uuid}/{file_name}': {
        get: {
          summary: 'Download a file',
          description: 'With ranges, conditional requests and HEAD. The ETag is the SHA-256 of the bytes.',
          parameters: [
            uuid,
            name,
            { name: 'Range', in: 'header', schema: { type: 'string', example: 'bytes=0-99' } },
          ],
          responses: {
            200: { description: 'The bytes.' },
            206: { description: 'The part asked for.' },
            304: { description: 'Not modified.' },
            400: failure('Invalid file name.'),
            404: failure('Experiment or file not found.'),
            412: failure('There in another version than `If-Match` or `If-Unmodified-Since` ask for.'),
            416: failure('The range lies outside of the file.'),
            422: failure('No UUID.'),
          },
        },
      },
      '/api/files/{experiment_uuid}/delete_files': {
        post: {
          summary: 'Delete files',
          description: 'All of them or none.',
          parameters: [uuid, idempotencyKey],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  required: ['file_list'],
                  properties: { file_list: { type: 'array', items: { type: 'string' } } },
                },
              },
            },
          },
          responses: {
            200: success('Successfully deleted a.csv and b.csv'),
            400: failure('An empty list, invalid names, or an experiment without files.'),
            404: failure('The specified experiment was not found.'),
            409: failure(
              'Some of the files do not exist, or the key came with other input before; nothing is deleted.',
            ),
            413: failure('The list is longer than the limit.'),
            422: failure('No UUID, or no JSON with a list of names.'),
          },
        },
      },
      '/api/zip/{experiment_uuid}': {
        get: {
          summary: 'Download files as a zip',
          description:
            'Made while it is sent. It breaks off when one of the files is replaced or deleted meanwhile.',
          parameters: [
            uuid,
            {
              name: 'name',
              in: 'query',
              schema: { type: 'array', items: { type: 'string' } },
              description: 'Names of the files, one parameter each. Without any: all files.',
            },
          ],
          responses: {
            200: { description: 'The zip.', content: { 'application/zip': {} } },
            404: failure('Experiment or file not found, or an experiment without files.'),
            422: failure('No UUID.'),
          },
        },
      },
      ...uploadPaths(failure),
      '/health': {
        get: { summary: 'Whether the server runs', responses: { 200: { description: 'It does.' } } },
      },
      '/ready': {
        get: {
          summary: 'Whether database and storage can be used',
          responses: { 200: { description: 'They can.' }, 503: failure('What does not answer.') },
        },
      },
    },
    components: {
      schemas: {
        Failure: {
          type: 'object',
          required: ['detail'],
          properties: {
            detail: { description: 'A sentence, or with 422 a list of what is wrong.' },
            code: { type: 'string' },
            requestId: { type: 'string', description: 'Finds the request in the log of the server.' },
          },
        },
      },
    },
  };
}

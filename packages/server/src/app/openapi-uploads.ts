const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const version = {
  name: 'Tus-Resumable',
  in: 'header',
  required: true,
  schema: { type: 'string', const: '1.0.0' },
};
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  schema: { type: 'string' },
  description,
});

const OTHER_VERSION = 'No `Tus-Resumable`, or of another version; nothing was looked at.';
const LOCKED = 'What another request brought is still being stored: try again.';
const TOO_MANY = 'Too many uploads run already, or the disk does not answer: try again.';

/** The addresses of uploads that go on after a broken connection, as OpenAPI has them. */
export function uploadPaths(failure: (description: string) => object) {
  return {
    '/api/uploads': {
      post: {
        summary: 'Begin an upload that can be resumed',
        description: 'tus 1.0 (https://tus.io), with creation-with-upload, expiration and termination.',
        parameters: [
          version,
          header('Upload-Length', 'Bytes of the whole file.'),
          header(
            'Upload-Metadata',
            'filename, experiment (its UUID) and, if known, sha256; values in base64.',
          ),
        ],
        responses: {
          201: { description: 'Begun; its address is in `Location`.' },
          400: failure('Invalid file name, or `Upload-Length` missing or no number.'),
          404: failure('The specified experiment was not found.'),
          412: failure(OTHER_VERSION),
          413: failure('Larger than the limit.'),
          422: failure('No file name, or no UUID.'),
          503: failure(TOO_MANY),
          507: failure('The disk has no room for it.'),
        },
      },
    },
    '/api/uploads/{id}': {
      head: {
        summary: 'How far an upload is',
        parameters: [id, version],
        responses: {
          200: { description: '`Upload-Offset`, and `ETag` once the file is there.' },
          404: { description: 'No such upload: begin it anew.' },
          412: { description: OTHER_VERSION },
          423: { description: LOCKED },
        },
      },
      patch: {
        summary: 'Add bytes',
        description: 'The file appears with the last byte; that answer has its SHA-256 as ETag.',
        parameters: [id, version, header('Upload-Offset', 'Where the upload stands.')],
        requestBody: {
          required: true,
          content: { 'application/offset+octet-stream': { schema: { type: 'string', format: 'binary' } } },
        },
        responses: {
          204: { description: 'Stored; `Upload-Offset` is behind the last byte.' },
          400: failure('Another `Content-Type`, or an `Upload-Offset` that is no number.'),
          403: failure('No `Content-Type`, or no `Upload-Offset`.'),
          404: failure('No such upload: begin it anew.'),
          409: failure('The upload stands at another offset, or another request goes on with it.'),
          412: failure(OTHER_VERSION),
          413: failure('More bytes than announced.'),
          423: failure(LOCKED),
          503: failure(TOO_MANY),
          507: failure('The disk is full.'),
        },
      },
      delete: {
        summary: 'Discard an upload',
        parameters: [id, version],
        responses: {
          204: { description: 'Gone.' },
          400: failure('All of it is there, as a file: delete that.'),
          404: failure('No such upload.'),
          412: failure(OTHER_VERSION),
          423: failure(LOCKED),
        },
      },
    },
  };
}

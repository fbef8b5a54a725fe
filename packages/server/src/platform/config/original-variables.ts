/** Variables of the original system that are accepted and mean nothing here, with the reason. */
export const meaninglessVariables: Readonly<Record<string, string>> = {
  CELERY_MESSAGE_QUEUE: 'tasks need no message broker',
  DOWNLOAD_CHUNK_SIZE_KB: 'downloads choose their chunks themselves',
  MIN_GZIP_COMPRESSION_SIZE_KB: 'answers are not compressed; a reverse proxy can do that',
  UPLOAD_RAM_BUFFER_SIZE_KB: 'uploads stream to the disk through a small fixed buffer',
};

/** The variables by which the original found its PostgreSQL database; honoured when all are there. */
export const postgresVariables = [
  'POSTGRES_USERNAME',
  'POSTGRES_PASSWORD',
  'POSTGRES_HOST',
  'POSTGRES_PORT',
  'POSTGRES_DB',
] as const;

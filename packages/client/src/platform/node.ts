import { noticeClosed } from './node-notice-closed.ts';
import { readBlob } from './node-read-blob.ts';
import { saveFile } from './node-save-file.ts';
import { sendFile } from './node-send-file.ts';
import { sha256Of } from './node-sha256.ts';
import { openSource } from './node-source.ts';
import { uploadMemory } from './node-upload-memory.ts';
import type { Platform } from './platform.ts';

export const platform: Platform = {
  environmentToken: () => process.env.API_TOKEN,
  noticeClosed,
  openSource,
  sendFile,
  uploadMemory,
  sha256Of,
  saveFile,
  readBlob,
};

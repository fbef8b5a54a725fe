import { saveFile } from './node-save-file.ts';
import { sendForm } from './node-send-form.ts';
import { openSource } from './node-source.ts';
import type { Platform } from './platform.ts';

export const platform: Platform = {
  environmentToken: () => process.env.API_TOKEN,
  openSource,
  sendForm,
  saveFile,
};

import { InvalidArgumentError } from '../errors/errors.ts';
import { sendForm } from './browser-send-form.ts';
import type { OpenSource, Platform, UploadSource } from './platform.ts';

export const platform: Platform = {
  environmentToken: () => undefined,
  openSource,
  sendForm,
  saveFile: async () => {
    throw new InvalidArgumentError(
      'A browser has no folders to download to. Use experiment.readFile(name) instead.',
    );
  },
};

async function openSource(source: UploadSource): Promise<OpenSource> {
  if (typeof source === 'string' || source instanceof URL) {
    throw new InvalidArgumentError(
      'A browser can not read paths. Give a File or Blob, say of <input type="file">.',
    );
  }
  if (source instanceof Blob) {
    return { name: source instanceof File ? source.name : undefined, size: source.size, content: source };
  }
  return { name: undefined, size: undefined, content: source };
}

// Uploads a file by the client library, in a process of its own that can be killed: <url> <uuid of experiment> <path>.
import { setTimeout as sleep } from 'node:timers/promises';
import { API, type Experiment, RemoteOperationError } from '@aqueduct/client';

const [url = '', uuid = '', path = ''] = process.argv.slice(2);
const api = new API(url, { timeout: 20 });
const experiment = await find();
await experiment.uploadFile(path, { resumableFrom: 1 });

/** Only an upload goes on by itself where the line is cut. */
async function find(): Promise<Experiment> {
  for (;;) {
    try {
      return await api.getExperimentByUuid(uuid);
    } catch (error) {
      const isCut =
        error instanceof RemoteOperationError && /^(CONNECTION_LOST|UNREACHABLE)$/.test(error.code);
      if (!isCut) throw error;
      await sleep(20);
    }
  }
}

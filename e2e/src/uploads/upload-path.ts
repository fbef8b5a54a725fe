// Uploads a file by the client library, in a process of its own that can be killed: <url> <uuid of experiment> <path>.
import { API } from '@aqueduct/client';

const [url = '', uuid = '', path = ''] = process.argv.slice(2);
const experiment = await new API(url, { timeout: 20 }).getExperimentByUuid(uuid);
await experiment.uploadFile(path, { resumableFrom: 1 });

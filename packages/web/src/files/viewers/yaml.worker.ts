import { parseYaml } from './parse-yaml.ts';

self.onmessage = ({ data }: MessageEvent<string>) => self.postMessage(parseYaml(data));

import { Button, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { fileAddress, zipAddress } from './file-link.ts';
import type { ListedFile } from './use-files.ts';

/** Servers and proxies take addresses of at least this many characters. */
const LONGEST_ADDRESS = 6000;

interface DownloadButtonProps {
  readonly experimentUuid: string;
  readonly files: readonly ListedFile[];
  readonly selected: readonly ListedFile[];
}

/** Downloads what is selected, or everything: one file as it is, several as a zip. */
export function DownloadButton({ experimentUuid, files, selected }: DownloadButtonProps) {
  const isAll = selected.length === 0 || selected.length === files.length;
  const chosen = isAll ? files : selected;
  const [only] = chosen;
  const address =
    chosen.length === 1 && only
      ? fileAddress(experimentUuid, only.name, { download: true })
      : zipAddress(experimentUuid, isAll ? [] : chosen.map(({ name }) => name));
  const label = chosen.length === 1 ? 'Download' : isAll ? 'Download all' : `Download ${chosen.length}`;
  const icon = <IconDownload size={15} />;
  if (address.length > LONGEST_ADDRESS) {
    return (
      <Tooltip label="So many names do not fit into one request: select fewer, or all.">
        <Button
          variant="default"
          leftSection={icon}
          data-disabled
          onClick={(event) => event.preventDefault()}
        >
          {label}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button component="a" href={address} download variant="default" leftSection={icon}>
      {label}
    </Button>
  );
}

import { type ReactNode, useMemo } from 'react';
import { type PictureVersion, PictureVersions } from '../ui/markdown/picture-version.ts';
import { fileAddress } from './file-link.ts';
import { useFiles } from './use-files.ts';

interface VersionedPicturesProps {
  readonly experimentUuid: string;
  readonly children: ReactNode;
}

/** Below, pictures of an experiment's texts are shown anew when their files are replaced. */
export function VersionedPictures({ experimentUuid, children }: VersionedPicturesProps) {
  const { data, isPending } = useFiles(experimentUuid);
  const known = useMemo(
    () => JSON.stringify(data?.map(({ name, sha256 }) => [fileAddress(experimentUuid, name), sha256]) ?? []),
    [experimentUuid, data],
  );
  const versionOf = useMemo((): PictureVersion => {
    if (isPending) return () => undefined;
    const versions = new Map<string, string>(JSON.parse(known));
    // The server takes no notice of it.
    return (source) => (versions.has(source) ? `${source}?version=${versions.get(source)}` : source);
  }, [isPending, known]);
  return <PictureVersions value={versionOf}>{children}</PictureVersions>;
}

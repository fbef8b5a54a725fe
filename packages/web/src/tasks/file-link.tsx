import { TextLink } from '../ui/text-link.tsx';

interface FileLinkProps {
  readonly eid: string;
  readonly name: string;
}

/** Opens a file in the viewer of its experiment's page. */
export function FileLink({ eid, name }: FileLinkProps) {
  return (
    <TextLink
      to="/aqd/experiments/$id"
      params={{ id: eid }}
      // The page of the experiment reads it from the address.
      search={{ file: name } as never}
      size="sm"
    >
      {name}
    </TextLink>
  );
}

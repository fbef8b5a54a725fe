import { TextLink } from '../ui/text-link.tsx';

interface FileLinkProps {
  readonly eid: string;
  readonly name: string;
}

/** Opens a file in the viewer of its experiment's page. */
export function FileLink({ eid, name }: FileLinkProps) {
  return (
    <TextLink to="/aqd/experiments/$id" params={{ id: eid }} search={{ file: name }} size="sm">
      {name}
    </TextLink>
  );
}

import { TextLink } from '../ui/text-link.tsx';
import { visibleName } from '../ui/visible-name.ts';
import { useLeaveDrawer } from './leave-drawer.ts';

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
      search={{ file: name }}
      size="sm"
      onClick={useLeaveDrawer()}
    >
      {visibleName(name)}
    </TextLink>
  );
}

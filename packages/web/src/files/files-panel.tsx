import { Button, FileButton, Group, Text, Title } from '@mantine/core';
import { IconFiles, IconTrash, IconUpload } from '@tabler/icons-react';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { basePath } from '../session/base.ts';
import { FailureNotice } from '../session/failure-notice.tsx';
import { byteText } from '../ui/byte-text.ts';
import { DialogPlace } from '../ui/dialog-place.tsx';
import { Loading } from '../ui/loading.tsx';
import { Notice } from '../ui/notice.tsx';
import { DeleteFilesDialog } from './delete-files-dialog.tsx';
import { DownloadButton } from './download-button.tsx';
import { FileList } from './file-list.tsx';
import classes from './files-panel.module.css';
import { ReplaceDialog } from './uploads/replace-dialog.tsx';
import { UnfinishedUploads } from './uploads/unfinished-uploads.tsx';
import { UploadList } from './uploads/upload-list.tsx';
import { useIncomingFiles } from './uploads/use-incoming-files.ts';
import { useUpload } from './uploads/use-upload.ts';
import { useUploads } from './uploads/use-uploads.ts';
import { useFiles } from './use-files.ts';
import { ViewerPane } from './viewer-pane.tsx';

interface FilesPanelProps {
  readonly experimentUuid: string;
  readonly eid: string;
  readonly canEdit: boolean;
}

/** The part of the address that says which file is in the viewer. */
interface OpenFile {
  readonly file?: string;
}

/** The files of an experiment and a viewer beside them; the file in it stands in the address. */
export function FilesPanel({ experimentUuid, eid, canEdit }: FilesPanelProps) {
  const { file: open } = useSearch({ from: '/aqd/experiments/$id' });
  const { id } = useParams({ from: '/aqd/experiments/$id' });
  const router = useRouter();
  const navigate = useNavigate({ from: '/aqd/experiments/$id' });
  const changeSearch = (search: (before: OpenFile) => OpenFile) => {
    // An answer of the server may come when somebody is on another page, or is asked whether to leave for it: then the
    // browser has its address already, and the router has not.
    const [, params] = router.getMatchedRoutes(location.pathname.slice(basePath.length - 1));
    if (params.id === id) void navigate({ search, replace: true, resetScroll: false });
  };
  const close = () => changeSearch(() => ({}));
  const { data, error, isPending, refetch } = useFiles(experimentUuid);
  const files = data ?? [];
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  // Others may have deleted some of them meanwhile.
  const selected = files.filter(({ name }) => marked.has(name));
  const [isDeleting, setDeleting] = useState(false);
  const { replaced, upload, decide } = useUpload(experimentUuid, eid);
  // What somebody looks at stays.
  const uploads = useUploads(experimentUuid, (arrived) =>
    changeSearch((before) => (before.file === undefined ? { file: arrived } : before)),
  );
  const forgetChosen = useRef<() => void>(null);
  const uploadButton = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLElement>(null);
  const afterDeletion = useRef<HTMLElement>(null);
  const isOver = useIncomingFiles(canEdit, (incoming) => void upload(incoming));
  const opened = files.find(({ name }) => name === open);
  return (
    <section aria-labelledby="files" className={classes.panel}>
      <Group gap="xs" justify="flex-end" className={classes.head}>
        <Title order={2} id="files">
          Files
        </Title>
        <Text size="sm" c="dimmed" mr="auto">
          {selected.length > 0
            ? `${selected.length} of ${files.length} selected`
            : files.length > 0 &&
              `${files.length} · ${byteText(files.reduce((sum, { size }) => sum + size, 0))}`}
        </Text>
        {files.length > 0 && (
          <DownloadButton experimentUuid={experimentUuid} files={files} selected={selected} />
        )}
        {canEdit && selected.length > 0 && (
          <Button variant="default" leftSection={<IconTrash size={15} />} onClick={() => setDeleting(true)}>
            Delete
          </Button>
        )}
        {canEdit && (
          <FileButton
            multiple
            resetRef={forgetChosen}
            onChange={(chosen) => {
              void upload(chosen.map((file) => ({ name: file.name, file })));
              // Otherwise the same file, changed meanwhile, would be no other choice.
              forgetChosen.current?.();
            }}
          >
            {(props) => (
              <Button {...props} ref={uploadButton} leftSection={<IconUpload size={15} />}>
                Upload
              </Button>
            )}
          </FileButton>
        )}
      </Group>
      <UploadList
        experimentUuid={experimentUuid}
        uploads={uploads}
        onTakenAway={() => uploadButton.current?.focus({ preventScroll: true })}
      />
      {canEdit && <UnfinishedUploads experimentUuid={experimentUuid} uploads={uploads} />}
      {isPending ? (
        <Loading what="Loading the files" />
      ) : error && !data ? (
        <FailureNotice what="read the files" error={error} retry={() => void refetch()} />
      ) : files.length === 0 ? (
        <Notice icon={IconFiles} title="No files yet">
          {canEdit && 'Drop files anywhere on this page, paste an image, or press “Upload”.'}
        </Notice>
      ) : (
        <div className={classes.split}>
          <div className={classes.list}>
            <FileList ref={list} files={files} open={open} selected={marked} onSelect={setMarked} />
          </div>
          <ViewerPane
            experimentUuid={experimentUuid}
            eid={eid}
            name={open}
            file={opened}
            onClose={() => {
              const row = list.current?.querySelector<HTMLElement>('[aria-current]');
              close();
              (row ?? list.current)?.focus({ preventScroll: true });
            }}
          />
        </div>
      )}
      {isOver && (
        <div className={classes.drop} aria-hidden>
          Drop the files to upload them
        </div>
      )}
      <ReplaceDialog replaced={replaced} onDecide={decide} />
      <DialogPlace isOpen={isDeleting} elsewhere={afterDeletion} onClose={() => setDeleting(false)}>
        {isDeleting && (
          <DeleteFilesDialog
            experimentUuid={experimentUuid}
            files={selected}
            onDeleted={() => {
              afterDeletion.current = selected.length < files.length ? list.current : uploadButton.current;
              setMarked(new Set());
              if (selected.some(({ name }) => name === open)) close();
            }}
            onClose={() => setDeleting(false)}
          />
        )}
      </DialogPlace>
    </section>
  );
}

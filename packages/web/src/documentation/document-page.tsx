import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { basePath } from '../session/base.ts';
import { FailureNotice } from '../session/failure-notice.tsx';
import { Loading } from '../ui/loading.tsx';
import { Markdown } from '../ui/markdown/markdown.ts';
import { NotFoundPage } from '../ui/not-found-page.tsx';
import { Page } from '../ui/page.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { documents, linkedDocument, type ManualPage, readDocument } from './documents.ts';

/** One page of the documentation. */
export function DocumentPage() {
  const { name } = useParams({ from: '/documentation/$name' });
  const document = documents.find((each) => each.name === name);
  return document ? <Shown key={name} document={document} /> : <NotFoundPage />;
}

function Shown({ document }: { readonly document: ManualPage }) {
  const { path, title } = document;
  const text = useQuery({
    queryKey: ['documentation', path],
    queryFn: () => readDocument(path),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const resolve = (link: string) => {
    const linked = linkedDocument(document, link);
    return linked && { source: '', page: `${basePath}documentation/${linked.document.name}${linked.hash}` };
  };
  return (
    <Page
      title={title}
      actions={
        <TextLink to="/documentation" size="sm">
          All documentation
        </TextLink>
      }
    >
      {text.data !== undefined ? (
        <Markdown text={text.data} resolve={resolve} firstLevel={1} />
      ) : text.error ? (
        <FailureNotice what="read the page" error={text.error} retry={() => void text.refetch()} />
      ) : (
        <Loading what="Reading the page" />
      )}
    </Page>
  );
}

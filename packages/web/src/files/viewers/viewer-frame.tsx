import { Component, type ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';
import type { FileSource } from './file-source.ts';
import { details, type Viewer } from './registry.ts';

/** Shows a file by a viewer, and in its place what went wrong with it: a bad file must not take the page away. */
export function ViewerFrame({ viewer, source }: { readonly viewer: Viewer; readonly source: FileSource }) {
  // Of nothing, a drawing would be a broken picture, and a sound one that the browser does not know.
  if (source.size === 0 && viewer !== details) return <Notice title="The file is empty" />;
  const Shown = viewer.component;
  return (
    <ViewerFence changed={source.changed}>
      <Shown source={source} />
    </ViewerFence>
  );
}

interface FenceState {
  readonly error: unknown;
}

interface FenceProps {
  readonly changed: string;
  readonly children: ReactNode;
}

class ViewerFence extends Component<FenceProps, FenceState> {
  override state: FenceState = { error: undefined };

  static getDerivedStateFromError(error: unknown): FenceState {
    return { error };
  }

  /** What the file is now may be shown well. */
  override componentDidUpdate(before: FenceProps) {
    if (before.changed !== this.props.changed && this.state.error !== undefined)
      this.setState({ error: undefined });
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Notice title="This viewer can not show the file">
        {error instanceof Error ? error.message : String(error)}. Download the file, or choose another viewer.
      </Notice>
    );
  }
}

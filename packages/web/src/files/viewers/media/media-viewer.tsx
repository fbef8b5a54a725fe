import { useState } from 'react';
import { Notice } from '../../../ui/notice.tsx';
import type { ViewerProps } from '../registry.ts';
import classes from './media.module.css';

/** Sounds and films: the browser plays them, and reads of them what it needs. */
export function MediaViewer({ source: { name, type, location } }: ViewerProps) {
  const [broken, setBroken] = useState<{ address: string; code: number | undefined }>();
  if (broken?.address === location.url) {
    const isFormat = broken.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED;
    return (
      <Notice title={isFormat ? 'This browser can not play it' : 'It can not be played to its end'}>
        {isFormat
          ? `It is broken, or this browser has no codec for it (${type}). Download it to play it elsewhere, or use another browser.`
          : 'The file is broken, or the connection was lost. Open it anew, or download it.'}
      </Notice>
    );
  }
  const lookAt = (player: HTMLMediaElement | null) => {
    if (player?.error) setBroken({ address: location.url, code: player.error.code });
  };
  const Player = type.startsWith('audio/') ? 'audio' : 'video';
  return (
    <section className={classes.place} aria-label={Player === 'audio' ? 'Sound' : 'Film'}>
      <Player
        key={location.url}
        className={classes.player}
        src={location.url}
        controls
        preload="metadata"
        aria-label={name}
        // It may have failed before it came into the page, and nobody was told.
        ref={lookAt}
        onError={({ currentTarget }) => lookAt(currentTarget)}
      />
    </section>
  );
}

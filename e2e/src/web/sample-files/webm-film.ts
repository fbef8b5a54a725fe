import type { Browser } from 'playwright-core';

/** A film of a second or so, which the browser itself records. */
export async function webmFilm(browser: Browser): Promise<Uint8Array<ArrayBuffer>> {
  const page = await browser.newPage();
  try {
    const base64 = await page.evaluate<string>(`(async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 120 });
      const pencil = canvas.getContext('2d');
      const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' });
      const parts = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      recorder.start();
      for (let i = 0; i < 12; i += 1) {
        pencil.fillStyle = 'hsl(' + 30 * i + ' 80% 50%)';
        pencil.fillRect(0, 0, 160, 120);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await new Promise((resolve) => { recorder.onstop = resolve; recorder.stop(); });
      const reader = new FileReader();
      await new Promise((resolve) => { reader.onload = resolve; reader.readAsDataURL(new Blob(parts)); });
      return reader.result.replace(/^[^,]*,/, '');
    })()`);
    return new Uint8Array(Buffer.from(base64, 'base64'));
  } finally {
    await page.close();
  }
}

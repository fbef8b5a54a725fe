import type { Browser, Locator } from 'playwright-core';
import { expect } from 'vitest';
import { create, upload } from '../graphql-client.ts';
import { type ServerProcess, startServer } from '../start-server.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** The content of a file; a text is written as UTF-8. */
export type Content = string | Uint8Array<ArrayBuffer>;

/** The page of a file, and its part that shows the content. */
interface FilePage extends OpenPage {
  readonly viewer: Locator;
}

/** A server with one experiment, and pages that show its files. */
export class ShownFiles {
  readonly server: ServerProcess;
  /** Of the experiment. */
  readonly uuid: string;
  readonly #eid: string;
  readonly #browser: Browser;

  private constructor(server: ServerProcess, { uuid, eid }: { uuid: string; eid: string }, browser: Browser) {
    this.server = server;
    this.uuid = uuid;
    this.#eid = eid;
    this.#browser = browser;
  }

  static async start(browser: Browser, files: Iterable<readonly [string, Content]>): Promise<ShownFiles> {
    const server = await startServer();
    const shown = new ShownFiles(server, await create(server.url, 'Shown files'), browser);
    for (const [name, content] of files) await shown.put(name, content);
    return shown;
  }

  async put(name: string, content: Content): Promise<void> {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    expect((await upload(this.server.url, this.uuid, name, bytes)).status).toBe(200);
  }

  addressOf(file: string, search: Readonly<Record<string, string>> = {}): string {
    return `${this.server.url}/aqd/experiments/${this.#eid}?${new URLSearchParams({ file, ...search })}`;
  }

  /** Opens a page that shows a file, or what a search makes of it. */
  async open(
    name: string,
    options: Parameters<typeof openPage>[2] & { readonly search?: Readonly<Record<string, string>> } = {},
  ): Promise<FilePage> {
    const opened = await openPage(this.#browser, this.addressOf(name, options.search), options);
    const viewer = opened.page.getByRole('region', { name: 'Viewer' });
    // h5web has a heading of the same name, of another level.
    await viewer.getByRole('heading', { name, exact: true, level: 3 }).waitFor();
    return { ...opened, viewer };
  }

  /** Stops the server, and the browser. */
  async stop(): Promise<void> {
    await this.server.stop();
    await this.#browser.close();
  }
}

/** Headless Chromium over its own pipe (the DevTools protocol, a NUL between messages): nothing listens anywhere. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

type Answer = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: object;
  readonly result?: object;
  readonly error?: object;
};

export class Browser {
  readonly #child: ChildProcess;
  readonly #profile = mkdtempSync(join(tmpdir(), 'schannel-dhe-'));
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** What the pages asked the network for, but for themselves. */
  readonly requests: string[] = [];
  /** What went wrong in a page. */
  readonly problems: string[] = [];
  #id = 0;
  #session: string | undefined;

  constructor() {
    const words = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
    const pipe = ['--remote-debugging-pipe', `--user-data-dir=${this.#profile}`, 'about:blank'];
    this.#child = spawn('chromium', [...words, ...pipe], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    let text = '';
    (this.#child.stdio[4] as Readable).setEncoding('utf8').on('data', (piece: string) => {
      const messages = (text + piece).split('\0');
      text = messages.pop() ?? '';
      for (const message of messages) this.#hear(JSON.parse(message));
    });
  }

  async open(url: string): Promise<void> {
    const { targetInfos } = (await this.send('Target.getTargets')) as {
      targetInfos: { type: string; targetId: string }[];
    };
    const page = targetInfos.find(({ type }) => type === 'page');
    const attach = { targetId: page?.targetId, flatten: true };
    this.#session ??= ((await this.send('Target.attachToTarget', attach)) as { sessionId: string }).sessionId;
    for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await this.send(`${domain}.enable`);
    await this.send('Page.navigate', { url });
    while ((await this.evaluate('document.readyState')) !== 'complete') {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async evaluate(expression: string): Promise<unknown> {
    const answer = await this.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    const { result, exceptionDetails } = answer as { result: { value?: unknown }; exceptionDetails?: object };
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  async screenshot(): Promise<Buffer> {
    const { data } = (await this.send('Page.captureScreenshot', { format: 'png' })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async print(): Promise<Buffer> {
    const { data } = (await this.send('Page.printToPDF')) as { data: string };
    return Buffer.from(data, 'base64');
  }

  send(method: string, params: object = {}): Promise<object> {
    this.#id += 1;
    const id = this.#id;
    const message = { id, method, params, ...(this.#session !== undefined && { sessionId: this.#session }) };
    (this.#child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error === undefined ? resolve(result ?? {}) : reject(error)));
    });
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#session = undefined;
    void this.send('Browser.close').catch(() => {});
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #hear(answer: Answer): void {
    if (answer.id !== undefined) {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    } else if (answer.method === 'Network.requestWillBeSent') {
      const { url } = (answer.params as { request: { url: string } }).request;
      if (!url.startsWith('file:')) this.requests.push(url);
    } else if (answer.method === 'Runtime.exceptionThrown' || answer.method === 'Log.entryAdded') {
      this.problems.push(JSON.stringify(answer.params));
    }
  }
}

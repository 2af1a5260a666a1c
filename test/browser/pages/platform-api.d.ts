// What test/browser/platform.yaml is generated to, as far as the page needs it; the test bundles the real one by this name.
declare module "platform-api" {
  interface Stream extends AsyncIterable<unknown>, PromiseLike<unknown> {
    asResponse(): Promise<Response>;
  }
  export function createClient(options: object): {
    readonly events: { watch(header?: object, options?: object): Stream };
    readonly lines: { copy(body: unknown, options?: object): Stream };
    readonly files: { download(name: string): Stream; upload(name: string, body: unknown): Promise<unknown> };
    readonly forms: { submit(body: object): Promise<unknown> };
    readonly session: { look(parameters?: object, options?: object): Promise<unknown> };
  };
  export function reconnect(open: (call: object) => PromiseLike<unknown>, options?: object): AsyncIterable<unknown>;
  export function withProgress(source: Response | Blob, told: (progress: unknown) => void): ReadableStream<Uint8Array>;
}

/** Whether a platform takes streams as bodies of requests. To Firefox and Safari they are texts, which have a type. */
export function takesStreams(Request: typeof globalThis.Request): boolean {
  const init = { method: "POST", body: new ReadableStream(), duplex: "half" };
  return !new Request("http://a", init as RequestInit).headers.has("Content-Type");
}

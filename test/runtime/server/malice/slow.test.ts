/** Callers that take their time, and callers that leave. */
import { describe, expect, it } from "vitest";
import { asking, attack, eventually, json, pause, prepareStage, send, statuses, streamed, talk } from "./stage.ts";

prepareStage();

const head = (rest: string): string => `POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${rest}\r\n\r\n`;

describe("a caller that sends slowly on purpose", () => {
  const patience = { server: { headersTimeout: 300, bodyTimeout: 300 } };

  it("is 408 when its header drips", async () => {
    const { port, arrivals } = await attack({}, patience);
    const { say, ended } = await talk(port);
    say("GET /things HTTP/1.1\r\nHost: a\r\n");
    const drip = setInterval(() => say("X-A: b\r\n"), 50);
    const answer = await ended();
    clearInterval(drip);
    expect(statuses(answer)).toEqual([408]);
    expect(arrivals).toEqual([]);
  });

  it("is hung up on when it never says anything", async () => {
    const { port } = await attack({}, patience);
    expect(statuses(await send(port))).toEqual([408]);
  });

  it.each(["Content-Length: 1000", "Transfer-Encoding: chunked"])("is 408 when its body drips: %s", async (length) => {
    const { port, arrivals, errors } = await attack({}, patience);
    const { say, ended } = await talk(port);
    say(head(length));
    const drip = setInterval(() => say(length.startsWith("T") ? "1\r\n \r\n" : " "), 50);
    const answer = await ended();
    clearInterval(drip);
    expect(statuses(answer)).toEqual([408]);
    expect(arrivals).toEqual([]);
    expect(errors).toEqual([]);
  });

  it("is 408 when its body drips into a handler that reads it itself, and the handler knows", async () => {
    let seen: unknown;
    const handler = streamed(async ({ body }) => {
      try {
        for await (const piece of body as ReadableStream<Uint8Array>) void piece;
      } catch (error) {
        seen = error;
        throw error;
      }
      return { status: 204 };
    });
    const { port, errors } = await attack({ putBytes: handler }, patience);
    const { say, ended } = await talk(port);
    say("POST /bytes HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n");
    const drip = setInterval(() => say("a"), 50);
    const answer = await ended();
    clearInterval(drip);
    expect(statuses(answer)).toEqual([408]);
    await eventually(() => seen !== undefined, "the handler knows");
    expect(seen).toMatchObject({ name: "AbortError" });
    expect(errors).toEqual([]);
  });

  it("is heard out when it is slow and honest", async () => {
    const { port, arrivals } = await attack({}, patience);
    const { say, hears } = await talk(port);
    const body = JSON.stringify({ name: "a".repeat(7000) });
    say(head(`Content-Length: ${body.length}`));
    // Ten times the patience in all, at seven times the least rate.
    for (let at = 0; at < body.length; at += 700) {
      say(body.slice(at, at + 700));
      await pause(100);
    }
    await hears(/HTTP\/1\.1 200 /);
    expect(arrivals).toHaveLength(1);
  });

  it("is not blamed for the time that the server takes to read", async () => {
    const sizes: number[] = [];
    const handler = streamed(async ({ body }) => {
      for await (const piece of body as ReadableStream<Uint8Array>) {
        sizes.push(piece.length);
        if (sizes.length === 1) await pause(900);
      }
      return { status: 204 };
    });
    const { port } = await attack({ putBytes: handler }, patience);
    const text = asking("POST /bytes", { "Content-Type": "application/octet-stream" }, "a".repeat(3_000_000));
    expect(statuses(await send(port, text))).toEqual([204]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(3_000_000);
  });

  it("is not waited for when it has its answer: what is left of the body is cut off", async () => {
    const { port } = await attack({}, patience);
    const { say, ended, heard } = await talk(port);
    say(`POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n`);
    const drip = setInterval(() => say("a".repeat(1000)), 20);
    await ended().finally(() => clearInterval(drip));
    expect(statuses(heard())).toEqual([404]);
  });

  it("is waited for for ever where that is wished for", async () => {
    const { port } = await attack({}, { server: { headersTimeout: 0, bodyTimeout: 0 } });
    const { say, hears, heard } = await talk(port);
    say("POST /things HTTP/1.1\r\nHost: a\r\n");
    await pause(500);
    say("Connection: close\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n");
    await pause(500);
    expect(heard()).toBe("");
    say('{"name":"a"}');
    await hears(/HTTP\/1\.1 200 /);
  });
});

describe("a caller that takes nothing of its answer", () => {
  it("is hung up on, and the source of the answer is stopped", async () => {
    let stopped = false;
    const getBytes = (): object => ({
      status: 200,
      body: (async function* () {
        try {
          for (;;) yield new Uint8Array(65_536);
        } finally {
          stopped = true;
        }
      })(),
    });
    const { port, errors } = await attack({ getBytes }, { server: { sendTimeout: 300 } });
    const { say, socket } = await talk(port);
    socket.pause();
    say(asking("GET /bytes"));
    await eventually(() => stopped, "the source is stopped");
    expect(errors).toEqual([]);
    socket.destroy();
  });

  it("is told from one whose handler takes its time, and from one that rests between two requests", async () => {
    const slow = async (): Promise<object> => {
      await pause(900);
      return { status: 204 };
    };
    const { port } = await attack({ getThing: slow }, { server: { sendTimeout: 300 } });
    const { say, hears, ended } = await talk(port);
    say("GET /things/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    await hears(/HTTP\/1\.1 204 /);
    say(asking("GET /things/2"));
    expect(statuses(await ended())).toEqual([204, 204]);
  });
});

describe("callers that leave", () => {
  it("in the middle of what they send free everything, and nobody is told of an error", async () => {
    const { port, errors, arrivals } = await attack();
    const talks = await Promise.all(Array.from({ length: 50 }, () => talk(port)));
    for (const { say } of talks) say(head("Content-Length: 1000") + '{"name":');
    await pause(100);
    for (const { socket } of talks) socket.resetAndDestroy();
    expect(statuses(await send(port, asking("POST /things", json, '{"name":"a"}')))).toEqual([200]);
    await pause(50);
    expect(errors).toEqual([]);
    expect(arrivals).toHaveLength(1);
  });

  it("while a handler reads what they send let it know", async () => {
    let seen: unknown;
    let aborted = false;
    const handler = streamed(async ({ body, signal }) => {
      signal.addEventListener("abort", () => (aborted = true));
      try {
        for await (const piece of body as ReadableStream<Uint8Array>) void piece;
      } catch (error) {
        seen = error;
        throw error;
      }
      return { status: 204 };
    });
    const { port, errors } = await attack({ putBytes: handler });
    const { say, socket } = await talk(port);
    say("POST /bytes HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 100\r\n\r\nabc");
    await pause(100);
    socket.resetAndDestroy();
    await eventually(() => seen !== undefined && aborted, "the handler knows");
    expect(seen).toMatchObject({ name: "AbortError" });
    expect(errors).toEqual([]);
  });

  it("in the middle of what they get stop its source, every one of fifty", async () => {
    let begun = 0;
    let stopped = 0;
    const getBytes = (): object => ({
      status: 200,
      body: (async function* () {
        begun += 1;
        try {
          for (;;) {
            yield new Uint8Array(65_536);
            await pause(1);
          }
        } finally {
          stopped += 1;
        }
      })(),
    });
    const { port, errors } = await attack({ getBytes });
    const talks = await Promise.all(Array.from({ length: 50 }, () => talk(port)));
    for (const { say } of talks) say(asking("GET /bytes"));
    await Promise.all(talks.map(({ hears }) => hears(/HTTP\/1\.1 200 /)));
    for (const { socket } of talks) socket.resetAndDestroy();
    await eventually(() => begun === 50 && stopped === 50, "all sources are stopped");
    expect(errors).toEqual([]);
  });

  it("while a handler works abort its signal, and an error that follows from it is nobody's", async () => {
    const getThing = ({ signal }: { readonly signal: AbortSignal }): Promise<never> =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    let failed = false;
    const listThings = ({ signal }: { readonly signal: AbortSignal }): Promise<never> =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          failed = true;
          reject(new Error("Something else."));
        }),
      );
    const { port, errors } = await attack({ getThing, listThings });
    for (const target of ["/things/1", "/things"]) {
      const { say, socket } = await talk(port);
      say(asking(`GET ${target}`));
      await pause(100);
      socket.resetAndDestroy();
    }
    await eventually(() => failed && errors.length > 0, "the other error is told");
    expect(errors).toEqual([new Error("Something else.")]);
  });
});

describe("a connection", () => {
  it("carries requests that are sent at once, and answers them in their order", async () => {
    const getThing = async ({ path }: { readonly path: Readonly<Record<string, unknown>> }): Promise<object> => {
      await pause(path["id"] === "1" ? 200 : 0);
      return { status: 204, extraHeaders: { "X-Id": String(path["id"]) } };
    };
    const { port, arrivals } = await attack({ getThing });
    const plain = (id: number): string => `GET /things/${id} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const body = '{"name":"Rex"}';
    const answer = await send(
      port,
      plain(1) + plain(2) + head(`Content-Length: ${body.length}`) + body + asking("GET /things/3"),
    );
    expect([...answer.matchAll(/X-Id: (\d)/gi)].map(([, id]) => id)).toEqual(["1", "2", "3"]);
    expect(statuses(answer)).toEqual([204, 204, 200, 204]);
    expect(arrivals.map(({ body: got }) => got)).toEqual([{ name: "Rex", size: 1 }]);
  });

  it("of HTTP/1.0 is answered, a stream too, and ends", async () => {
    const getBytes = (): object => ({ status: 200, body: new Blob(["a".repeat(100_000)]).stream() });
    const { port } = await attack({ getBytes });
    expect(await send(port, "GET /things HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 204 /);
    const answer = await send(port, "GET /bytes HTTP/1.0\r\n\r\n");
    expect(answer).not.toMatch(/transfer-encoding/i);
    expect(answer.slice(answer.indexOf("\r\n\r\n") + 4)).toBe("a".repeat(100_000));
  });

  it("that asks for another protocol keeps to this one", async () => {
    const { port } = await attack();
    expect(statuses(await send(port, asking("GET /things", { Connection: "Upgrade, close", Upgrade: "websocket" })))).toEqual([
      204,
    ]);
    expect(
      statuses(await send(port, asking("GET /things", { Connection: "Upgrade, HTTP2-Settings, close", Upgrade: "h2c" }))),
    ).toEqual([204]);
    expect(statuses(await send(port, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))).toEqual([400]);
    expect(await send(port, "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n")).not.toMatch(/HTTP\/1\.1 2/);
  });
});

describe("a caller that waits for the word to send its body", () => {
  const expecting = (target: string, length: number): string =>
    `POST ${target} HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  it("gets it when the body is read", async () => {
    const { port } = await attack();
    const { say, hears } = await talk(port);
    say(expecting("/things", 14));
    await hears(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    say('{"name":"Rex"}');
    expect(statuses(await hears(/ 200 /))).toEqual([100, 200]);
  });

  it("does not get it when the request is refused before, and the connection ends", async () => {
    const { port } = await attack();
    expect(statuses(await send(port, expecting("/things", 99_999_999)))).toEqual([413]);
    expect(statuses(await send(port, expecting("/nowhere", 14)))).toEqual([404]);
  });

  it("is 417 when it expects anything else", async () => {
    const { port } = await attack();
    const [status] = statuses(await send(port, asking("GET /things", { Expect: "the unexpected" })));
    expect([204, 417]).toContain(status);
  });
});

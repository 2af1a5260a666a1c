/** Handlers that do what no handler should. */
import { describe, expect, it } from "vitest";
import { asking, attack, eventually, json, pause, prepareStage, send, statuses, talk, type Handler } from "./stage.ts";

prepareStage();

const get = asking("GET /things/1");
const post = asking("POST /things", json, '{"name":"Rex"}');

describe("a handler that throws", () => {
  const thrown: readonly unknown[] = [
    new Error("secret"),
    "secret",
    undefined,
    null,
    7,
    { status: 200 },
    Object.freeze(new Error("secret")),
  ];

  it.each(thrown.map((error) => [String(error), error]))("%s is 500, and nothing of it is told", async (_, error) => {
    const throwing: Handler = () => {
      throw error;
    };
    const rejecting: Handler = async () => {
      await pause(1);
      throw error;
    };
    const { port, errors } = await attack({ getThing: throwing, listThings: rejecting });
    for (const text of [get, asking("GET /things")]) {
      const answer = await send(port, text);
      expect(statuses(answer)).toEqual([500]);
      expect(answer).not.toContain("secret");
    }
    expect(errors).toEqual([error, error]);
  });

  it("in onError, in onInvalid or in a verifier's stead is 500 too", async () => {
    const fails = (): never => {
      throw new Error("secret");
    };
    const { port } = await attack(
      { getThing: fails },
      { router: { onError: fails, onInvalid: fails, context: () => undefined } },
    );
    expect(statuses(await send(port, get))).toEqual([500]);
    expect(statuses(await send(port, asking("GET /nowhere")))).toEqual([500]);
    expect(statuses(await send(port, asking("GET /things?limit=x")))).toEqual([500]);
  });
});

describe("a handler that answers", () => {
  const circular: Record<string, unknown> = { name: "a" };
  circular["more"] = circular;
  let deep: unknown = [];
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "200"],
    ["a Response of another kind", new Response("here")],
    ["no status", {}],
    ["no number", { status: "200" }],
    ["NaN", { status: NaN }],
    ["100", { status: 100 }],
    ["999", { status: 999 }],
    ["a body that turns round on itself", { status: 200, body: circular }],
    ["a body that is 100,000 deep", { status: 200, body: { name: "a", more: deep } }],
    [
      "what throws when it is looked at",
      {
        status: 200,
        get body(): never {
          throw new Error("secret");
        },
      },
    ],
    [
      "what throws when it is written",
      {
        status: 200,
        body: {
          name: "a",
          toJSON: () => {
            throw new Error("secret");
          },
        },
      },
    ],
    ["a header with a line break", { status: 200, body: { name: "a" }, extraHeaders: { "X-A": "a\r\nSet-Cookie: b" } }],
    ["a header whose name has a line break", { status: 200, body: { name: "a" }, extraHeaders: { "X-A: b\r\nX-B": "a" } }],
    ["a declared header with a line break", { status: 200, body: { name: "a" }, headers: { "X-Note": "a\r\nSet-Cookie: b" } }],
    ["a media type with a line break", { status: 200, body: { name: "a" }, contentType: "application/json\r\nSet-Cookie: b" }],
  ])("%s is answered 500, and the server goes on", async (_, reply) => {
    const { port, errors } = await attack({ createThing: () => reply });
    const answer = await send(port, post);
    expect(statuses(answer)).toEqual([500]);
    expect(answer).not.toMatch(/secret|set-cookie/i);
    expect(errors).toHaveLength(1);
    expect(statuses(await send(port, get))).toEqual([204]);
  });

  it("answers once, since what it returns is the answer: there is nothing to answer twice with", async () => {
    const created: Handler = (input) => {
      expect(Object.keys(input)).not.toContain("response");
      const answers = [
        { status: 200, body: { name: "first" } },
        { status: 200, body: { name: "second" } },
      ];
      const reply = answers[0] as { status: number; body: { name: string } };
      // What has been returned is on its way: nothing that is done to it later reaches the caller.
      setTimeout(() => Object.assign(reply, { status: 500, body: answers[1]?.body }), 0);
      try {
        return reply;
      } finally {
        void Promise.reject(new Error("afterwards")).catch(() => undefined);
      }
    };
    const { port, errors } = await attack({ createThing: created });
    const answer = await send(port, post);
    expect(statuses(answer)).toEqual([200]);
    expect(answer).toMatch(/"first"/);
    expect(answer).not.toMatch(/second/);
    expect(errors).toEqual([]);
  });

  it("twice through a promise has answered with the first", async () => {
    const createThing: Handler = () =>
      new Promise((resolve, reject) => {
        resolve({ status: 200, body: { name: "first" } });
        resolve({ status: 200, body: { name: "second" } });
        reject(new Error("third"));
      });
    const { port, errors } = await attack({ createThing });
    expect(await send(port, post)).toMatch(/ 200 [^]*"first"/);
    expect(errors).toEqual([]);
  });

  it("while the body is still being sent is heard", async () => {
    const { port } = await attack();
    const { say, hears } = await talk(port);
    say("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
    await hears(/HTTP\/1\.1 404 /);
    say("rest");
    say(get);
    expect(statuses(await hears(/ 204 /))).toEqual([404, 204]);
  });
});

describe("a handler that never answers", () => {
  const never: Handler = () => new Promise(() => undefined);

  it("leaves its caller waiting, who may go, and the server closes all the same", async () => {
    let signal: AbortSignal | undefined;
    const getThing: Handler = (input) => {
      ({ signal } = input);
      return new Promise(() => undefined);
    };
    const { port, errors } = await attack({ getThing });
    const { say, socket } = await talk(port);
    say(get);
    await eventually(() => signal !== undefined, "the handler is called");
    socket.destroy();
    await eventually(() => signal?.aborted === true, "the signal aborts");
    expect(errors).toEqual([]);
  });

  it("is 503 after its time, and its signal aborts", async () => {
    let signal: AbortSignal | undefined;
    const getThing: Handler = (input) => {
      ({ signal } = input);
      return new Promise(() => undefined);
    };
    const { port, errors } = await attack({ getThing }, { router: { limits: { handlerTime: 100 } } });
    const answer = await send(port, get);
    expect(statuses(answer)).toEqual([503]);
    expect(answer).toMatch(/problem\+json[^]*The server took too long to answer/);
    expect(signal?.reason).toMatchObject({ name: "TimeoutError" });
    expect(errors).toEqual([signal?.reason]);
  });

  it("is 504 where the operation declares that alone, and has a time of its own", async () => {
    const limits = { handlerTime: 60_000, operations: { createThing: { handlerTime: 50 } } };
    const { port } = await attack({ createThing: never }, { router: { limits } });
    expect(statuses(await send(port, post))).toEqual([504]);
  });

  it("and answers late has its answer thrown away, its source stopped and its error swallowed", async () => {
    let cancelled = 0;
    const body = (): ReadableStream => new ReadableStream({ cancel: () => void (cancelled += 1) });
    const late = async (): Promise<object> => {
      await pause(200);
      return { status: 200, body: body() };
    };
    const failing = async (): Promise<never> => {
      await pause(200);
      throw new Error("too late");
    };
    const { port, errors } = await attack({ getBytes: late, getThing: failing }, { router: { limits: { handlerTime: 50 } } });
    expect(statuses(await send(port, asking("GET /bytes")))).toEqual([503]);
    expect(statuses(await send(port, get))).toEqual([503]);
    await eventually(() => cancelled === 1, "the late stream is cancelled");
    await pause(100);
    // An error that nobody takes would end the process, and this test with it.
    expect(errors.map(String)).toEqual(Array.from({ length: 2 }, () => "TimeoutError: The handler has not answered in 50 ms."));
  });

  it("in its time still sees its caller go", async () => {
    let aborted = false;
    const getThing: Handler = ({ signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => {
          aborted = true;
          reject(signal.reason as Error);
        }),
      );
    const { port, errors } = await attack({ getThing }, { router: { limits: { handlerTime: 10_000 } } });
    const { say, socket } = await talk(port);
    say(get);
    await pause(100);
    socket.resetAndDestroy();
    await eventually(() => aborted, "the signal aborts");
    expect(errors).toEqual([]);
  });
});

describe("a stream that fails", () => {
  it.each([
    ["before its first piece", 0],
    ["after some", 3],
  ])("%s breaks the connection off, so that nobody takes it for whole", async (_, pieces) => {
    const getBytes: Handler = () => ({
      status: 200,
      body: (async function* () {
        for (let index = 0; index < pieces; index += 1) yield new TextEncoder().encode("piece");
        throw new Error("broken");
      })(),
    });
    const { port, errors } = await attack({ getBytes });
    const answer = await send(port, asking("GET /bytes"));
    expect(answer).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(errors).toEqual([new Error("broken")]);
    expect(statuses(await send(port, get))).toEqual([204]);
  });

  it("by yielding what is no bytes breaks off too", async () => {
    const getBytes: Handler = () => ({
      status: 200,
      body: (async function* () {
        yield { not: "bytes" };
      })(),
    });
    const { port } = await attack({ getBytes });
    expect(await send(port, asking("GET /bytes"))).not.toMatch(/\r\n0\r\n\r\n$/);
    expect(statuses(await send(port, get))).toEqual([204]);
  });
});

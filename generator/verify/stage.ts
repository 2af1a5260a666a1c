/** The generated modules at work: the generated router on loopback, and the generated client in front of it. */
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { jsonOf } from "./equal.ts";
import { layOutFixtures, type OperationFixture, type Reply } from "./laid-out.ts";
import type {
  ApiCall,
  FixturesModule,
  NamedPlace,
  NodeModule,
  OperationsModule,
  RequestFixture,
  Router,
  ServerModule,
} from "./modules.ts";
import type { Scene, Subject } from "./subject.ts";
import type { Modules } from "./transpile.ts";

/** A request by location, as it is sent and as a handler receives it. */
export type Arrival = RequestFixture;

/** What a handler gets: the parts of a request by their names there. */
type HandlerInput = Omit<Arrival, "header" | "cookie"> & {
  readonly headers: NonNullable<Arrival["header"]>;
  readonly cookies: NonNullable<Arrival["cookie"]>;
};

/** Client and server, facing each other. */
export interface Stage {
  fixtureOf(subject: Subject): OperationFixture | undefined;
  /** Sends a request to a handler that returns the reply. */
  exchange(subject: Subject, request: Arrival, reply: Reply): Promise<Exchange>;
  /** Sends a request that must not reach its handler. */
  refusal(subject: Subject, request: Arrival): Promise<Refusal>;
  /** The value of a parameter as JSON has it, where a format has a type of its own. */
  wireOf(subject: Subject, location: string, name: string, value: unknown): unknown;
  /** The same of a value that the document has, which may be written in more ways than one. */
  settled(subject: Subject, location: string, name: string, written: unknown): unknown;
  close(): Promise<void>;
}

export interface Exchange {
  /** What the handler received; absent when it was not called. */
  readonly arrived?: Arrival;
  readonly returned: {
    readonly status: number;
    readonly contentType?: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
    readonly text: string;
  };
  /** What the server said of a reply it would not send. */
  readonly problem?: string;
  /** The places that the server found wrong. */
  readonly places: readonly NamedPlace[];
}

export interface Refusal {
  readonly status: number;
  readonly reachedHandler: boolean;
  /** The places that the server found wrong. */
  readonly places: readonly NamedPlace[];
}

/** What stands on a stage. */
export interface Setting {
  readonly scene: Scene;
  readonly modules: Modules;
  readonly descriptors: OperationsModule;
  readonly fixtures: FixturesModule;
  readonly router: ServerModule["createRouter"];
  /** A router that has one operation alone. */
  readonly alone?: (subject: Subject, ...rest: Parameters<ServerModule["createRouter"]>) => Router;
  /** What sends to a server at a URL; `relaxed` leaves to the other side what is required. */
  readonly sender: (url: string) => (subject: Subject, request: Arrival, relaxed: boolean) => ApiCall;
}

/** Milliseconds for one exchange. */
export const timeout = 30_000;

/** Starts the server on a port of loopback, with a handler for each operation that does as it is told, and makes what sends to it. */
export async function setStage(setting: Setting): Promise<Stage> {
  const { scene, modules, descriptors, fixtures, router: makeRouter, alone, sender } = setting;
  const { toNodeHandler } = (await modules.import("runtime/server/node")) as unknown as NodeModule;
  // One exchange at a time: what is to be said in it, and what was seen of it.
  const now: { reply?: Reply; arrived?: Arrival; problem?: string; places: readonly NamedPlace[] } = { places: [] };
  const handlers = Object.fromEntries(
    scene.subjects.map(({ name }) => [
      name,
      async ({ headers, cookies, ...input }: HandlerInput) => {
        now.arrived = { ...input, header: headers, cookie: cookies };
        return now.reply ?? { status: 500 };
      },
    ]),
  );
  const options: Parameters<typeof makeRouter>[1] = {
    security: Object.fromEntries(Object.keys(scene.securitySchemes).map((key) => [key, async () => ({ scheme: key })])),
    onError: (error) => {
      now.problem = error instanceof Error ? error.message : String(error);
    },
    // Whatever NODE_ENV says; the problem is told above.
    ...{ brokenReplies: "refuse", onBreach: () => undefined },
    // What is found is asked here: the answer to HEAD has no body that could name it.
    onInvalid: ({ errors }) => {
      now.places = errors;
      return undefined;
    },
    // What arrives is what was sent, and as much as is sent.
    bodyDefaults: false,
    limits: { bodySize: Number.MAX_SAFE_INTEGER, fields: Infinity, files: Infinity, fieldSize: Infinity },
  };
  const usual = toNodeHandler(makeRouter(handlers, options));
  let listener = usual;
  let interim: Subject["interim"] = [];
  const server = await listen((incoming, outgoing) => {
    for (const status of interim) sendInterim(outgoing, status);
    listener(incoming, outgoing);
  });
  const sendNow = sender(server.url);
  const send = (subject: Subject, request: Arrival, relaxed: boolean): ApiCall => {
    delete now.arrived;
    delete now.problem;
    now.places = [];
    interim = subject.interim;
    // No request reaches it beside the operation that has the same route, which is reported.
    listener = subject.shadowed && alone !== undefined ? toNodeHandler(alone(subject, handlers, options)) : usual;
    return sendNow(subject, request, relaxed);
  };
  const codecOf = ({ name: operation }: Subject, location: string, name: string) =>
    descriptors[operation]?.parameters?.find(
      (one) => one.name === name && (one.in === location || (one.in === "querystring" && location === "query")),
    )?.codec;
  return {
    fixtureOf: ({ name, known }) => layOutFixtures(fixtures[name], known),
    async exchange(subject, request, reply) {
      now.reply = reply;
      const result = await send(subject, request, false)
        .result()
        .catch((error: unknown) => unexpected(error));
      return {
        ...(now.arrived === undefined ? {} : { arrived: now.arrived }),
        ...(now.problem === undefined ? {} : { problem: now.problem }),
        places: now.places,
        returned: {
          status: result.status,
          ...(result.contentType === undefined ? {} : { contentType: result.contentType }),
          headers: result.headers,
          body: result.status < 400 ? result.data : result.error,
          text: jsonOf(result.error ?? result.data),
        },
      };
    },
    async refusal(subject, request) {
      now.reply = { status: 500 };
      const response = await send(subject, request, true).asResponse();
      await response.arrayBuffer();
      return { status: response.status, reachedHandler: now.arrived !== undefined, places: now.places };
    },
    wireOf(subject, location, name, value) {
      return codecOf(subject, location, name)?.encode(value) ?? value;
    },
    settled(subject, location, name, written) {
      const codec = codecOf(subject, location, name);
      return codec === undefined || written === undefined ? written : codec.encode(codec.decode(written));
    },
    close: () => server.close(),
  };
}

async function listen(listener: RequestListener): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendInterim(outgoing: ServerResponse, status: 102 | 103): void {
  if (status === 102) outgoing.writeProcessing();
  else outgoing.writeEarlyHints({ link: "</>; rel=preload" });
}

/** An answer that the document does not declare is thrown; here it is an outcome like any other. */
function unexpected(error: unknown): Awaited<ReturnType<ApiCall["result"]>> {
  if (error instanceof Error && "status" in error && typeof error.status === "number") {
    return { status: error.status, headers: {}, error: "body" in error ? error.body : undefined };
  }
  throw error;
}

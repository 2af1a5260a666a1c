import { dispatchOf, type Router } from "./dispatch.js";
import { dispatchOptions, type MountOptions, segmentsIn } from "./mount.js";
import { cutOff, nodeIncoming, type NodeRequest, type NodeResponse, unfolded } from "./node/exchange.js";

/** What is used of an instance of Fastify 5. */
export interface FastifyScope {
  readonly prefix: string;
  readonly supportedMethods: string[];
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
  route(route: {
    method: string[];
    url: string;
    handler: (request: FastifyMessage, reply: FastifyAnswer) => Promise<unknown>;
  }): unknown;
}

interface FastifyMessage {
  readonly raw: NodeRequest;
}

interface FastifyAnswer {
  readonly raw: NodeResponse;
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body?: unknown): unknown;
  callNotFound(): unknown;
}

/**
 * Makes a plugin of a router or a receiver: `app.register(toFastify(router), { prefix: "/api" })`. The paths of the document stand below
 * the prefix. Hooks of Fastify run as ever, those that change an answer too; its parsers of bodies do not, within the plugin.
 */
export function toFastify(
  router: Router,
  options: MountOptions = {},
): (scope: FastifyScope) => Promise<void> {
  const dispatch = dispatchOf(router);
  const how = dispatchOptions(router, options);
  return async (scope) => {
    const skipped = segmentsIn(scope.prefix);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
    const handler = async ({ raw }: FastifyMessage, reply: FastifyAnswer): Promise<unknown> => {
      const incoming = nodeIncoming(raw, reply.raw, skipped);
      if ("refused" in incoming) {
        reply.code(incoming.refused);
        return reply.send();
      }
      const answer = await dispatch(incoming, how);
      if (answer === undefined) return reply.callNotFound();
      const { status, fields, body } = unfolded(answer);
      reply.code(status);
      for (let index = 0; index + 1 < fields.length; index += 2)
        reply.header(fields[index] ?? "", fields[index + 1] ?? "");
      if (cutOff(answer, raw)) reply.header("Connection", "close");
      reply.raw.once("close", () => incoming.answered());
      return reply.send(body ?? undefined);
    };
    for (const url of ["/", "/*"]) scope.route({ method: scope.supportedMethods, url, handler });
  };
}
